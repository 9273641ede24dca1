package io.distillwatch.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distillwatch.group.GroupReport;
import io.distillwatch.group.Guidance;
import io.distillwatch.group.MemberReport;
import io.distillwatch.output.OutputRecord;
import io.distillwatch.output.OutputRecordCodec;
import io.distillwatch.pane.GuidedPaneOperator;
import io.distillwatch.policy.PolicyParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/**
 * The operator of campaigns: what a reader finds under each key, which is the last record of it.
 */
class CampaignsTest {

    private static final OutputTag<OutputRecord> MEMBERS =
            new OutputTag<>("members", OutputRecordCodec.type());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PANE = 300_000;
    private static final long T = 1_780_000_200_000L;

    @Test
    void whatWasMergedAndIsDismissedLeavesTheSurvivorWithItsOwnAccounts() throws Exception {
        try (Harness harness = new Harness(null)) {
            harness.pane(1, report(1, 0, 20));
            harness.pane(2, report(2, 100, 120));
            harness.pane(3, report(2, 0, 5));
            Map<String, String> states = harness.campaigns();
            String survivor = harness.withStatus("OPEN");
            String merged = harness.withStatus("MERGED");
            assertThat(states).hasSize(2);
            assertThat(harness.members(survivor, "ACTIVE")).isEqualTo(40);

            harness.policy("{\"version\":\"v2\",\"verdicts\":[" + dismissed(merged) + "]}");
            harness.pane(4, report(1, 0, 20));
            harness.pane(5, report(2, 100, 120));

            assertThat(harness.campaigns())
                    .containsEntry(survivor, "OPEN")
                    .containsEntry(merged, "DISMISSED");
            assertThat(harness.members(survivor, "ACTIVE")).isEqualTo(20);
            assertThat(harness.members(survivor, "REMOVED")).isEqualTo(20);
            assertThat(harness.members(merged, "ACTIVE")).isZero();
        }
    }

    @Test
    void aVerdictHoldsOverAStop() throws Exception {
        String id;
        OperatorSubtaskState stopped;
        try (Harness harness = new Harness(null)) {
            harness.pane(1, report(1, 0, 20));
            id = harness.withStatus("OPEN");
            harness.policy("{\"version\":\"v2\",\"verdicts\":[" + dismissed(id) + "]}");
            stopped = harness.snapshot(1, 1);
        }
        try (Harness harness = new Harness(stopped)) {
            harness.pane(2, report(1, 0, 40));
            assertThat(harness.campaigns()).containsEntry(id, "DISMISSED").hasSize(1);
            assertThat(harness.members(id, "REMOVED")).isEqualTo(20);

            harness.pane(3, report(1, 0, 60));

            assertThat(harness.campaigns()).hasSize(1);
            assertThat(harness.extractOutputValues()).hasSize(1);
        }
    }

    private static String dismissed(String id) {
        return "{\"campaign_id\":\"" + id + "\",\"verdict\":\"DISMISSED\"}";
    }

    /** Members from one number to another, flagged with the first pane in which it is taken. */
    private static GroupReport report(long group, int from, int to) {
        List<MemberReport> members =
                IntStream.range(from, to)
                        .mapToObj(
                                a ->
                                        new MemberReport(
                                                "acct-" + a,
                                                T,
                                                T,
                                                10,
                                                9.5,
                                                12,
                                                "10." + a / 250 + "." + a % 250 + ".0/24",
                                                0))
                        .toList();
        return new GroupReport(
                group, T, T, T, T, to - from, 500, 1, 2, 0.9, Map.of(), List.of(), members);
    }

    private static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Harness
            extends KeyedTwoInputStreamOperatorTestHarness<
                    Integer, GroupReport, Guidance, OutputRecord> {

        Harness(OperatorSubtaskState state) throws Exception {
            super(
                    new GuidedPaneOperator<>(new Campaigns(MEMBERS)),
                    report -> 0,
                    null,
                    Types.INT,
                    1,
                    1,
                    0);
            if (state == null) {
                initializeEmptyState();
            } else {
                initializeState(state);
            }
            open();
        }

        /** A report at the end of a pane, and a moment that closes it. */
        void pane(int number, GroupReport report) throws Exception {
            long end = T + number * PANE;
            processElement1(
                    new GroupReport(
                            report.group(),
                            end,
                            T + report.group() * PANE,
                            T,
                            end - 1,
                            report.accounts(),
                            report.exchanges(),
                            report.inputTokens(),
                            report.outputTokens(),
                            report.score(),
                            report.models(),
                            report.evidence(),
                            report.members()),
                    end - 1);
            processWatermark1(new Watermark(end));
            processWatermark2(new Watermark(end));
        }

        void policy(String policy) throws Exception {
            processElement2(
                    Guidance.of(PolicyParser.parse(policy.getBytes(StandardCharsets.UTF_8))), 0);
        }

        /** The last status of each campaign. */
        Map<String, String> campaigns() {
            Map<String, String> last = new TreeMap<>();
            for (OutputRecord record : extractOutputValues()) {
                JsonNode campaign = json(record.value());
                last.put(campaign.get("campaign_id").asText(), campaign.get("status").asText());
            }
            return last;
        }

        String withStatus(String status) {
            return campaigns().entrySet().stream()
                    .filter(campaign -> campaign.getValue().equals(status))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow();
        }

        /** Accounts of a campaign whose last record has a status. */
        long members(String campaign, String status) {
            Map<String, String> last = new TreeMap<>();
            for (StreamRecord<OutputRecord> record : getSideOutput(MEMBERS)) {
                JsonNode member = json(record.getValue().value());
                if (member.get("campaign_id").asText().equals(campaign)) {
                    last.put(member.get("account_id").asText(), member.get("status").asText());
                }
            }
            return last.values().stream().filter(status::equals).count();
        }
    }
}
