package io.distillwatch.workbench.replay;

import io.distillwatch.DetectionTopology;
import io.distillwatch.OperatorId;
import io.distillwatch.exchange.Intake;
import io.distillwatch.exchange.IntakeCodec;
import io.distillwatch.output.OutputSinks;
import io.distillwatch.output.OutputTopic;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.settings.DetectionSettings;
import io.distillwatch.workbench.local.LocalFlink;
import io.distillwatch.workbench.local.MetricTap;
import io.distillwatch.workbench.local.WorkDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs exchange logs through the detection topology on a Flink cluster in this process, from the
 * first line to the last.
 *
 * @param files logs, merged by event time
 * @param settings as the job has them
 * @param parallelism of the cluster and of the source
 * @param managedMemory for RocksDB
 * @param flink further Flink settings; they win over the replay's own
 */
public record Replay(
        List<Path> files,
        DetectionSettings settings,
        int parallelism,
        MemorySize managedMemory,
        Configuration flink) {

    private static final long LOOK_MILLIS = 200;

    /**
     * Builds the topology on the source: {@code DetectionTopology} with its policies in earnest.
     */
    @FunctionalInterface
    public interface Graph {

        void build(
                StreamExecutionEnvironment environment,
                DataStream<Intake> intake,
                DetectionSettings settings,
                OutputSinks sinks);
    }

    /** The job's own graph under one policy. */
    public static Graph detection(DetectionPolicy policy) {
        return (environment, intake, settings, sinks) ->
                DetectionTopology.build(
                        intake,
                        environment
                                .fromData(TypeInformation.of(DetectionPolicy.class), policy)
                                .uid(OperatorId.POLICY_SOURCE.uid()),
                        settings,
                        sinks);
    }

    /** Looks at the run while it lasts. */
    @FunctionalInterface
    public interface Watcher {

        /**
         * @param bytes read from disk so far
         * @param lines parsed so far
         * @param eventTime how far the log has been read, epoch milliseconds; 0 before the first
         */
        void see(long bytes, long lines, long eventTime);
    }

    /**
     * What the run did.
     *
     * @param lines parsed
     * @param seconds wall time from submission to the end of the job
     * @param peakStateBytes largest size of RocksDB seen; sampled every 5 s, so 0 for shorter runs
     * @param written by topic
     */
    public record Outcome(
            long lines,
            double seconds,
            long peakStateBytes,
            Map<OutputTopic, ReplayOutput.Written> written) {}

    /**
     * Runs to the end and completes the output.
     *
     * @throws ReplayFailed with a sentence for the user
     */
    public Outcome run(
            LineParser.Factory parsers, Graph graph, ReplayOutput output, Watcher watcher)
            throws IOException, InterruptedException {
        try (WorkDirectory work = WorkDirectory.create("distillwatch-replay-")) {
            Configuration configuration =
                    LocalFlink.configuration(parallelism, managedMemory, work.path());
            configuration.addAll(flink);
            MetricTap tap = MetricTap.on(configuration);
            try {
                return run(configuration, tap, parsers, graph, output, watcher);
            } finally {
                tap.release();
            }
        }
    }

    private Outcome run(
            Configuration configuration,
            MetricTap tap,
            LineParser.Factory parsers,
            Graph graph,
            ReplayOutput output,
            Watcher watcher)
            throws IOException, InterruptedException {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        DataStream<Intake> intake =
                environment
                        .fromSource(
                                source(parsers),
                                WatermarkStrategy.noWatermarks(),
                                "exchange logs",
                                // Flink would take the record apart and copy the original with it.
                                IntakeCodec.type())
                        .uid(OperatorId.EXCHANGE_SOURCE.uid());
        graph.build(environment, intake, settings, output.sinks());
        long start = System.nanoTime();
        long peak = await(submit(environment), tap, watcher);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Outcome(tap.total(ReplayReader.LINES_METRIC), seconds, peak, output.complete());
    }

    private ReplaySource source(LineParser.Factory parsers) {
        return new ReplaySource(
                files,
                parsers,
                settings.intake().maxRecordBytes(),
                settings.time().maxOutOfOrderness(),
                settings.time().maxAhead());
    }

    private static JobClient submit(StreamExecutionEnvironment environment) {
        try {
            return environment.executeAsync("distillwatch replay");
        } catch (Exception e) {
            throw new ReplayFailed(e);
        }
    }

    private static long await(JobClient job, MetricTap tap, Watcher watcher)
            throws InterruptedException {
        CompletableFuture<JobExecutionResult> end = job.getJobExecutionResult();
        long peak = 0;
        while (true) {
            try {
                end.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                return peak;
            } catch (TimeoutException goesOn) {
                peak = Math.max(peak, LocalFlink.stateBytes(tap));
                watcher.see(
                        tap.least(ReplayReader.BYTES_METRIC),
                        tap.total(ReplayReader.LINES_METRIC),
                        tap.least(ReplayReader.EVENT_TIME_METRIC));
            } catch (ExecutionException e) {
                throw new ReplayFailed(e);
            }
        }
    }
}
