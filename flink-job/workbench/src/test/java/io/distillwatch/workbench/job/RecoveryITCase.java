package io.distillwatch.workbench.job;

import static io.distillwatch.workbench.job.ExchangeLine.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.output.OutputTopic;
import io.distillwatch.workbench.cluster.Await;
import io.distillwatch.workbench.cluster.ClusterClient;
import io.distillwatch.workbench.cluster.EmbeddedBroker;
import io.distillwatch.workbench.cluster.ProcessCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged job on a plain Flink cluster of real processes: what a reader of committed records
 * sees after crashes, or after a restart at another parallelism, is what it would have seen anyway.
 */
class RecoveryITCase {

    private static final int HOURS = 4;
    private static final int MINUTES = 60 * HOURS;
    private static final int KILLS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Instant END = Traffic.START.plus(Duration.ofHours(HOURS));

    @TempDir static Path directory;

    private static EmbeddedBroker broker;
    private static ProcessCluster cluster;
    private static ClusterClient client;
    private static Map<OutputTopic, List<String>> undisturbed;

    @BeforeAll
    static void runUndisturbed() {
        broker = EmbeddedBroker.start();
        Configuration settings = new Configuration();
        settings.setString(
                "execution.checkpointing.dir", directory.resolve("checkpoints").toUri().toString());
        settings.setString("restart-strategy.type", "fixed-delay");
        settings.setString("restart-strategy.fixed-delay.attempts", "1000");
        settings.setString("restart-strategy.fixed-delay.delay", "200 ms");
        // One slot each, so that a TaskManager that is killed is one that works; one is spare.
        cluster = ProcessCluster.start(3, settings, JobJar.plainFlink());
        client = cluster.client();

        JobTopics topics = topics("calm");
        send(topics, 0, MINUTES);
        sendEnd(topics);
        JobID job = submit(topics, 2, null);
        awaitEnd(topics, job);
        undisturbed = outputs(topics);
        client.cancel(job);
        for (OutputTopic topic :
                List.of(
                        OutputTopic.ACCOUNT_METRICS,
                        OutputTopic.PREFIX_METRICS,
                        OutputTopic.CAMPAIGNS,
                        OutputTopic.CAMPAIGN_MEMBERS,
                        OutputTopic.DEAD_LETTERS)) {
            assertThat(undisturbed.get(topic)).as(topic.topicName()).isNotEmpty();
        }
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
        broker.close();
    }

    @Test
    void threeKilledTaskManagersLoseNothingAndRepeatNothing() {
        JobTopics topics = topics("killed");
        String metrics = topics.settings().kafka().topic(OutputTopic.ACCOUNT_METRICS);
        JobID job = submit(topics, 2, null);
        AtomicInteger sent = new AtomicInteger();
        for (int kill = 1; kill <= KILLS; kill++) {
            int most = MINUTES * kill / (KILLS + 1);
            await("all tasks", () -> client.allTasksRun(job));
            long checkpoints = client.completedCheckpoints(job);
            // Minute by minute: what is sent at once may be committed at once as well.
            await(
                    "a checkpoint, and output after it that is not committed",
                    () -> {
                        if (sent.get() < most) {
                            send(topics, sent.get(), sent.incrementAndGet());
                        }
                        return client.completedCheckpoints(job) > checkpoints
                                && broker.hasOpenTransaction(metrics);
                    });
            Set<String> busy = client.busyTaskManagers(job);
            assertThat(busy).hasSize(2);
            cluster.kill(busy.iterator().next());
            cluster.startTaskManager();
            await("the JobManager to notice", () -> !client.allTasksRun(job));
        }
        send(topics, sent.get(), MINUTES);
        sendEnd(topics);
        awaitEnd(topics, job);
        client.cancel(job);

        assertSameAsUndisturbed(topics);
    }

    @Test
    void aSavepointRestoredAtAnotherParallelismGivesTheSame() {
        JobTopics topics = topics("rescaled");
        JobID first = submit(topics, 2, null);
        send(topics, 0, MINUTES / 2);
        await(
                "output of the first half",
                () -> !topics.records(OutputTopic.ACCOUNT_METRICS).isEmpty());
        String savepoint = client.stopWithSavepoint(first, directory.resolve("savepoints"));
        await("the end of the first job", () -> client.status(first).isGloballyTerminalState());

        JobID second = submit(topics, 1, savepoint);
        send(topics, MINUTES / 2, MINUTES);
        sendEnd(topics);
        awaitEnd(topics, second);
        client.cancel(second);

        assertSameAsUndisturbed(topics);
    }

    private static JobTopics topics(String run) {
        // Idle after no time that this test takes: a pause while a TaskManager restarts must not
        // let one partition run ahead of the other.
        return JobTopics.create(broker, run, 2).option("time.idleness", "1 h");
    }

    private static JobID submit(JobTopics topics, int parallelism, String savepoint) {
        Configuration flink = new Configuration();
        flink.setString("execution.checkpointing.interval", "2 s");
        flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        if (savepoint != null) {
            flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        return cluster.submit(JobJar.path(), topics.arguments(), flink);
    }

    /** Sends minutes of the traffic, and at the end of each hour a record that is to be refused. */
    private static void send(JobTopics topics, int from, int to) {
        List<ExchangeLine> traffic = Traffic.hours(HOURS);
        int aMinute = traffic.size() / MINUTES;
        for (int minute = from, end; minute < to; minute = end) {
            end = Math.min(to, (minute / 60 + 1) * 60);
            topics.sendAll(traffic.subList(aMinute * minute, aMinute * end));
            if (end % 60 == 0) {
                topics.send(
                        0,
                        traffic.get(aMinute * end - 1).time(),
                        ("rubbish " + end).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Somebody's last exchange, and in each partition a moment that closes its windows. */
    private static void sendEnd(JobTopics topics) {
        topics.send(0, exchange("last").by("last").at(END));
        topics.send(0, exchange("tick-0").by("clock").at(END.plus(Duration.ofMinutes(30))));
        topics.send(1, exchange("tick-1").by("clock").at(END.plus(Duration.ofMinutes(30))));
    }

    /** Once the last window is seen, all that came before is there with the next checkpoints. */
    private static void awaitEnd(JobTopics topics, JobID job) {
        await(
                "the last window",
                () ->
                        topics.values(OutputTopic.ACCOUNT_METRICS).stream()
                                .anyMatch(
                                        value -> value.get("account_id").asText().equals("last")));
        long checkpoints = client.completedCheckpoints(job);
        await("two more checkpoints", () -> client.completedCheckpoints(job) >= checkpoints + 2);
    }

    private static Map<OutputTopic, List<String>> outputs(JobTopics topics) {
        Map<OutputTopic, List<String>> outputs = new EnumMap<>(OutputTopic.class);
        for (OutputTopic topic : OutputTopic.values()) {
            List<String> records = new ArrayList<>();
            topics.records(topic)
                    .forEach(
                            record ->
                                    records.add(
                                            topics.withoutRun(
                                                    new String(
                                                            record.value(),
                                                            StandardCharsets.UTF_8))));
            records.sort(null);
            outputs.put(topic, records);
        }
        return outputs;
    }

    private static void assertSameAsUndisturbed(JobTopics topics) {
        Map<OutputTopic, List<String>> outputs = outputs(topics);
        for (OutputTopic topic : OutputTopic.values()) {
            assertThat(outputs.get(topic))
                    .as(topic.topicName())
                    .containsExactlyElementsOf(undisturbed.get(topic));
        }
    }

    private static void await(String what, Callable<Boolean> condition) {
        Await.until(what, PATIENCE, condition, cluster::lastLines);
    }
}
