package io.distillwatch.workbench.job;

import static io.distillwatch.workbench.job.ExchangeLine.exchange;
import static io.distillwatch.workbench.job.ExchangeLine.time;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.distillwatch.output.OutputTopic;
import io.distillwatch.workbench.cluster.Await;
import io.distillwatch.workbench.cluster.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The job between real topics, in a cluster inside this process. */
class KafkaJobITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static EmbeddedBroker broker;

    @TempDir Path checkpoints;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void exchangesBecomeMetricsAndWhatIsRefusedOrLateKeepsItsBytes() throws Exception {
        JobTopics topics = JobTopics.create(broker, "through", 1);
        byte[] noJson = "no JSON at all \u00e9".getBytes(StandardCharsets.ISO_8859_1);
        ExchangeLine late = exchange("late").by("ann").at("12:01:00");
        topics.send(
                0,
                exchange("e1").by("ann").at("12:00:10"),
                exchange("e2").by("ann").at("12:04:59"),
                exchange("e2").by("ann").at("12:04:59"),
                exchange("e3").by("bob").at("12:03:00"));
        topics.send(0, time("12:03:00"), noJson);
        topics.send(0, exchange("tick").by("clock").at("12:30:00"));

        try (RunningJob job = RunningJob.start(topics.settings(), 1, checkpoints)) {
            await(job, "the metrics of ann", () -> exchanges(topics, "ann") >= 2);
            topics.send(0, late.at("12:01:00"));
            await(job, "the late record", () -> !topics.values(OutputTopic.LATE).isEmpty());

            assertThat(exchanges(topics, "ann")).isEqualTo(2);
            assertThat(exchanges(topics, "bob")).isEqualTo(1);
            assertThat(topics.values(OutputTopic.LATE))
                    .singleElement()
                    .satisfies(
                            record ->
                                    assertThat(record.get("original").asText())
                                            .isEqualTo(
                                                    new String(
                                                            late.bytes(), StandardCharsets.UTF_8)));
            assertThat(topics.values(OutputTopic.DEAD_LETTERS))
                    .singleElement()
                    .satisfies(
                            record -> {
                                assertThat(record.get("original_base64").binaryValue())
                                        .isEqualTo(noJson);
                                assertThat(record.get("source_offset").asLong()).isEqualTo(4);
                            });
        }
    }

    @Test
    void aRecordDatedFarAheadIsRefusedAndMakesNothingLate() throws Exception {
        JobTopics topics = JobTopics.create(broker, "ahead", 1);
        ExchangeLine ahead =
                exchange("ahead").by("ann").at(time("12:00:01").plus(Duration.ofDays(1)));
        topics.send(0, exchange("e1").by("ann").at("12:00:00"));
        topics.send(0, time("12:00:01"), ahead.bytes());

        try (RunningJob job = RunningJob.start(topics.settings(), 1, checkpoints)) {
            await(job, "the refusal", () -> !topics.values(OutputTopic.DEAD_LETTERS).isEmpty());
            // Had the record moved event time, these would be late by a day.
            topics.send(
                    0,
                    exchange("e2").by("ann").at("12:00:02"),
                    exchange("e3").by("ann").at("12:04:00"),
                    exchange("tick").by("clock").at("12:30:00"));
            await(job, "the metrics of ann", () -> exchanges(topics, "ann") >= 1);

            assertThat(exchanges(topics, "ann")).isEqualTo(3);
            assertThat(topics.values(OutputTopic.LATE)).isEmpty();
            assertThat(topics.values(OutputTopic.DEAD_LETTERS))
                    .singleElement()
                    .satisfies(
                            record -> {
                                assertThat(record.get("field").asText()).isEqualTo("event_time");
                                assertThat(record.get("original").asText())
                                        .contains("\"exchange_id\":\"ahead\"");
                            });
        }
    }

    @Test
    void aPartitionWithoutTrafficDoesNotStopDetection() throws Exception {
        JobTopics topics = JobTopics.create(broker, "idle", 2).option("time.idleness", "2 s");
        // One record, so that the partition has an event time that it could hold all others at.
        topics.send(1, exchange("e0").by("bob").at("12:00:00"));
        topics.send(0, exchange("e1").by("ann").at("12:00:10"));
        topics.send(0, exchange("tick").by("clock").at("13:30:00"));

        try (RunningJob job = RunningJob.start(topics.settings(), 2, checkpoints)) {
            await(job, "the metrics of ann", () -> exchanges(topics, "ann") == 1);
            assertThat(exchanges(topics, "bob")).isEqualTo(1);
        }
    }

    @Test
    void whatWasCountedOrLateBeforeAStopIsNotCountedAfterIt() throws Exception {
        JobTopics topics = JobTopics.create(broker, "stopped", 1);
        ExchangeLine first = exchange("e1").by("ann").at("12:00:10");
        topics.send(0, first, exchange("tick").by("clock").at("12:30:00"));
        String savepoint;
        try (RunningJob job = RunningJob.start(topics.settings(), 1, checkpoints)) {
            await(job, "the metrics of ann", () -> exchanges(topics, "ann") == 1);
            savepoint = job.stop(checkpoints);
        }

        topics.send(
                0,
                first,
                exchange("late").by("ann").at("12:01:00"),
                exchange("e2").by("ann").at("12:31:00"),
                exchange("tock").by("clock").at("13:00:00"));
        try (RunningJob job = RunningJob.start(topics.settings(), 1, checkpoints, savepoint)) {
            await(job, "the later metrics", () -> windows(topics, "ann").size() >= 2);

            assertThat(windows(topics, "ann"))
                    .extracting(window -> window.get("window_end").asText().substring(11, 16))
                    .containsExactly("12:05", "12:35");
            assertThat(exchanges(topics, "ann")).isEqualTo(1);
            assertThat(topics.values(OutputTopic.LATE))
                    .extracting(late -> late.get("exchange_id").asText())
                    .containsExactly("e1", "late");
        }
    }

    @Test
    void aPolicyThatComesWhileTheJobRunsTakesEffectAndLeavesNoGap() throws Exception {
        JobTopics topics = JobTopics.create(broker, "policy", 1);
        List<ExchangeLine> traffic = Traffic.hours(3);
        int quarter = traffic.size() / 4;
        topics.sendAll(traffic.subList(0, 2 * quarter));

        try (RunningJob job = RunningJob.start(topics.settings(), 1, checkpoints)) {
            await(job, "a campaign", () -> !campaigns(topics).isEmpty());
            String id = campaigns(topics).keySet().iterator().next();
            assertThat(campaigns(topics).get(id).get("status").asText()).isEqualTo("OPEN");
            assertThat(campaigns(topics).get(id).get("policy_version").asText())
                    .isEqualTo("default");

            topics.sendPolicy(
                    """
                    {"version":"v2","verdicts":[{"campaign_id":"%s","verdict":"DISMISSED"}]}
                    """
                            .formatted(id));
            topics.sendAll(traffic.subList(2 * quarter, 3 * quarter));
            await(
                    job,
                    "the dismissal",
                    () -> campaigns(topics).get(id).get("status").asText().equals("DISMISSED"));
            assertThat(campaigns(topics).get(id).get("policy_version").asText()).isEqualTo("v2");

            topics.sendPolicy("{\"version\":\"v3\",\"flag_threshold\":7}");
            topics.sendAll(traffic.subList(3 * quarter, 4 * quarter));
            topics.send(0, exchange("tick").by("clock").at("09:30:00"));
            await(job, "the last window", () -> counted(topics) >= traffic.size());

            assertThat(counted(topics)).as("exchanges in windows").isEqualTo(traffic.size());
            assertThat(campaigns(topics).values())
                    .allMatch(campaign -> campaign.get("status").asText().equals("DISMISSED"))
                    .allMatch(campaign -> campaign.get("policy_version").asText().equals("v2"));
            assertThat(topics.values(OutputTopic.LATE)).isEmpty();
        }
    }

    /** The last record of each campaign. */
    private static Map<String, JsonNode> campaigns(JobTopics topics) {
        Map<String, JsonNode> last = new TreeMap<>();
        topics.values(OutputTopic.CAMPAIGNS)
                .forEach(campaign -> last.put(campaign.get("campaign_id").asText(), campaign));
        return last;
    }

    /** Exchanges in the windows of five minutes of all accounts. */
    private static long counted(JobTopics topics) {
        return topics.values(OutputTopic.ACCOUNT_METRICS).stream()
                .filter(metrics -> metrics.get("window_size").asText().equals("PT5M"))
                .mapToLong(metrics -> metrics.get("exchanges").asLong())
                .sum();
    }

    /** The account's windows of five minutes. */
    private static List<JsonNode> windows(JobTopics topics, String account) {
        return topics.values(OutputTopic.ACCOUNT_METRICS).stream()
                .filter(metrics -> metrics.get("account_id").asText().equals(account))
                .filter(metrics -> metrics.get("window_size").asText().equals("PT5M"))
                .toList();
    }

    /** Exchanges of the account in its first window of five minutes; 0 before that is there. */
    private static long exchanges(JobTopics topics, String account) {
        List<JsonNode> windows = windows(topics, account);
        return windows.isEmpty() ? 0 : windows.get(0).get("exchanges").asLong();
    }

    private static void await(RunningJob job, String what, Callable<Boolean> condition)
            throws Exception {
        Await.until(what, Duration.ofMinutes(1), condition);
        assertThat(job.runs()).isTrue();
    }
}
