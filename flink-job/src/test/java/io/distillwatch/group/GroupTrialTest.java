package io.distillwatch.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.evidence.Evidence;
import io.distillwatch.evidence.GroupStatistics;
import io.distillwatch.evidence.GroupStatisticsCodec;
import io.distillwatch.exchange.AccountPane;
import io.distillwatch.pane.GuidedPaneOperator;
import io.distillwatch.pane.PaneOperator;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.settings.DetectionSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outside the job's graph a group comes to what it comes to in it. */
class GroupTrialTest {

    private static final long GROUP = 7;
    private static final DetectionSettings.Groups SETTINGS = DetectionSettings.defaults().groups();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void followsTheOrdinaryTrafficThatTheJobFollows(long seed) throws Exception {
        TreeMap<Long, List<AccountPane>> people = people(seed);
        OrdinaryTraffic traffic = new OrdinaryTraffic();
        for (Map.Entry<Long, List<AccountPane>> pane : people.entrySet()) {
            traffic.add(pane.getKey(), pane.getValue());
            traffic = writtenAndRead(traffic);
        }

        Map<Long, GroupStatistics> newest =
                baseline(people).stream()
                        .collect(
                                Collectors.toMap(
                                        GroupStatistics::group, s -> s, (old, young) -> young));
        assertThat(traffic.baseline().groups()).hasSize(BaselineTracker.GROUPS);
        for (GroupStatistics group : traffic.baseline().groups()) {
            assertThat(bytes(group)).isEqualTo(bytes(newest.get(group.group())));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void comesToTheScoresOfTheJob(long seed) throws Exception {
        TreeMap<Long, List<AccountPane>> people = people(seed);
        TreeMap<Long, List<AccountPane>> campaign =
                panes(Population.queue(new Random(seed), 60, 24, 1).all(s -> s.cueing(1)));

        NavigableMap<Long, String> trial = trial(campaign, people);
        Collection<GroupReport> reports = reports(campaign, baseline(people));
        assertThat(reports).hasSizeGreaterThan(10);
        assertThat(reports)
                .allSatisfy(
                        report ->
                                assertThat(text(report.score(), report.evidence()))
                                        .as("in the pane that ends at %d", report.at())
                                        .isEqualTo(trial.floorEntry(report.at()).getValue()));
        assertThat(trial(campaign, new TreeMap<>())).isNotEqualTo(trial);
    }

    private static TreeMap<Long, List<AccountPane>> people(long seed) {
        return panes(Population.people(new Random(seed + 100), 900, 24, 0.3));
    }

    private static TreeMap<Long, List<AccountPane>> panes(Population population) {
        TreeMap<Long, List<AccountPane>> panes = new TreeMap<>();
        population.panes().forEach(pane -> panes.put(pane.get(0).paneEnd(), pane));
        return panes;
    }

    /** Score and evidence at the end of each pane in which the group is assessed. */
    private static NavigableMap<Long, String> trial(
            TreeMap<Long, List<AccountPane>> campaign, TreeMap<Long, List<AccountPane>> people)
            throws IOException {
        OrdinaryTraffic traffic = new OrdinaryTraffic();
        GroupTrial trial = GroupTrial.empty();
        NavigableMap<Long, String> assessed = new TreeMap<>();
        TreeMap<Long, List<AccountPane>> all = new TreeMap<>(people);
        campaign.keySet().forEach(end -> all.putIfAbsent(end, List.of()));
        for (long end : all.keySet()) {
            traffic.add(end, people.getOrDefault(end, List.of()));
            if (campaign.containsKey(end)) {
                trial.add(new ArrayList<>(campaign.get(end)), SETTINGS.maxAccounts());
                trial.assess(GROUP, end, traffic.baseline(), DetectionPolicy.defaults())
                        .ifPresent(a -> assessed.put(end, text(a.score(), a.evidence())));
                trial = GroupTrial.read(input(trial::write));
            }
        }
        return assessed;
    }

    private static List<GroupStatistics> baseline(TreeMap<Long, List<AccountPane>> people)
            throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<Long, GroupActivity, GroupStatistics> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new PaneOperator<>(new BaselineTracker(SETTINGS)),
                        GroupActivity::group,
                        Types.LONG)) {
            harness.open();
            for (Map.Entry<Long, List<AccountPane>> closed : people.entrySet()) {
                for (AccountPane pane : closed.getValue()) {
                    long group = BaselineTracker.groupOf(pane.accountId());
                    if (group != 0) {
                        harness.processElement(new GroupActivity(group, pane), closed.getKey() - 1);
                    }
                }
                harness.processWatermark(closed.getKey());
            }
            return harness.extractOutputValues();
        }
    }

    private static Collection<GroupReport> reports(
            TreeMap<Long, List<AccountPane>> campaign, List<GroupStatistics> baseline)
            throws Exception {
        try (KeyedTwoInputStreamOperatorTestHarness<Long, GroupActivity, Guidance, GroupReport>
                harness =
                        new KeyedTwoInputStreamOperatorTestHarness<>(
                                new GuidedPaneOperator<>(new GroupTracker(SETTINGS)),
                                GroupActivity::group,
                                null,
                                Types.LONG)) {
            harness.open();
            for (GroupStatistics statistics : baseline) {
                harness.processElement2(Guidance.of(statistics), statistics.at());
            }
            for (Map.Entry<Long, List<AccountPane>> closed : campaign.entrySet()) {
                for (AccountPane pane : closed.getValue()) {
                    harness.processElement1(new GroupActivity(GROUP, pane), closed.getKey() - 1);
                }
            }
            long end = campaign.lastKey();
            harness.processBothWatermarks(new Watermark(end));
            return harness.extractOutputValues();
        }
    }

    private static String text(double score, List<Evidence> evidence) {
        return score + " " + evidence;
    }

    private static OrdinaryTraffic writtenAndRead(OrdinaryTraffic traffic) throws IOException {
        return OrdinaryTraffic.read(input(traffic::write));
    }

    private interface Writer {
        void write(DataOutputSerializer out) throws IOException;
    }

    private static byte[] bytes(GroupStatistics statistics) throws IOException {
        return bytes(out -> new GroupStatisticsCodec().write(statistics, out));
    }

    private static byte[] bytes(Writer writer) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        writer.write(out);
        return out.getCopyOfBuffer();
    }

    private static DataInputDeserializer input(Writer writer) throws IOException {
        return new DataInputDeserializer(bytes(writer));
    }
}
