package io.distillwatch.workbench.bench;

import com.sun.management.OperatingSystemMXBean;
import io.distillwatch.settings.DetectionOptions;
import io.distillwatch.settings.JobSettings;
import io.distillwatch.workbench.local.LocalFlink;
import io.distillwatch.workbench.local.MetricTap;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs a rung over a filled topic until all of it has been taken in, and measures from the first
 * record to the last. Startup is left out, and so is the compilation of what starts a job: a job
 * that runs for months starts once.
 *
 * @param checkpoints how often
 */
record BenchRun(
        String bootstrapServers, int parallelism, Duration checkpoints, MemorySize managedMemory) {

    /** Offset of the last record that a Kafka reader gave out, for each of its partitions. */
    private static final String OFFSET_METRIC = "currentOffset";

    /** Of the job's own: reads and writes of keyed state. */
    private static final String ACCESSES_METRIC = "stateAccesses";

    private static final String CHECKPOINTS_METRIC = "numberOfCompletedCheckpoints";

    private static final long LOOK_MILLIS = 20;
    private static final int LOOKS = 25;

    /**
     * One run on a cluster that has nothing else to do.
     *
     * @param run a name that no other run of the rung has
     */
    Measurement measure(
            RungCluster cluster, Rung rung, Workload workload, long exchanges, String run)
            throws Exception {
        Configuration configuration = configuration(workload, run, cluster.work());
        JobSettings settings = DetectionOptions.read(configuration);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(
                        parallelism, rung.runtime(configuration));
        rung.define(environment, settings);
        StartingGate.shut();
        JobClient job = cluster.submit(environment);
        try {
            CompletableFuture<JobExecutionResult> end = job.getJobExecutionResult();
            int readers = Math.min(parallelism, BenchCommand.PARTITIONS);
            while (StartingGate.waiting() < readers) {
                pause(end);
            }
            // What came before is not to be compiled and collected at the expense of what follows.
            Overheads.settle();
            StartingGate.open();
            return observe(end, cluster.tap(), exchanges);
        } finally {
            StartingGate.open();
            cluster.stop(job);
        }
    }

    private Configuration configuration(Workload workload, String run, Path work) {
        Configuration configuration = LocalFlink.configuration(parallelism, managedMemory, work);
        LocalFlink.checkpoint(configuration, checkpoints, work);
        // Nobody restores a round, and all rounds share the directory.
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION);
        String kafka = DetectionOptions.PREFIX + "kafka.";
        configuration.setString(kafka + "bootstrap-servers", bootstrapServers);
        configuration.setString(kafka + "topic.llm-exchanges", workload.topic());
        configuration.setString(kafka + "starting-offsets", "earliest");
        configuration.setString(
                DetectionOptions.CLIENT_PREFIX + StartingGate.SETTING,
                StartingGate.class.getName());
        configuration.setString(kafka + "group-id", "bench-" + run);
        configuration.setString(kafka + "transactional-id-prefix", "bench-" + run);
        configuration.setString(
                DetectionOptions.PREFIX + "fingerprint.secret", "of no use beyond the bench");
        return configuration;
    }

    private Measurement observe(
            CompletableFuture<JobExecutionResult> end, MetricTap tap, long exchanges)
            throws Exception {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long accesses = tap.total(ACCESSES_METRIC);
        long checkpoints = tap.sum(CHECKPOINTS_METRIC);
        long first = await(end, tap, 1);
        long begin = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        long compiler = Overheads.compilerMillis();
        long collector = Overheads.collectorMillis();
        long checkpointBytes = 0;
        long checkpointMillis = 0;
        long state = 0;
        for (int look = 0; taken(tap) < exchanges; look++) {
            pause(end);
            // Looking costs as well, and none of these changes as fast as the offsets.
            if (look % LOOKS == 0) {
                checkpointBytes = Math.max(checkpointBytes, tap.sum("lastCheckpointSize"));
                checkpointMillis = Math.max(checkpointMillis, tap.sum("lastCheckpointDuration"));
                state = Math.max(state, tap.sum("lastCheckpointFullSize"));
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
        return new Measurement(
                exchanges - first,
                seconds,
                cpuSeconds,
                (Overheads.compilerMillis() - compiler) / 1e3,
                (Overheads.collectorMillis() - collector) / 1e3,
                state,
                tap.sum(CHECKPOINTS_METRIC) - checkpoints,
                checkpointBytes,
                checkpointMillis,
                tap.total(ACCESSES_METRIC) - accesses);
    }

    private long await(CompletableFuture<JobExecutionResult> end, MetricTap tap, long least)
            throws Exception {
        while (taken(tap) < least) {
            pause(end);
        }
        return taken(tap);
    }

    /** A reader shows -1 for a partition of which it has given out nothing. */
    private long taken(MetricTap tap) {
        return tap.sum(OFFSET_METRIC) + tap.count(OFFSET_METRIC);
    }

    private static void pause(CompletableFuture<JobExecutionResult> end) throws Exception {
        try {
            end.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            throw new IllegalStateException("the job ended before its input did");
        } catch (TimeoutException goesOn) {
            // as it should
        }
    }
}
