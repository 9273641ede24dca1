package io.distillwatch.workbench.bench;

import io.distillwatch.workbench.local.LocalFlink;
import io.distillwatch.workbench.local.MetricTap;
import io.distillwatch.workbench.local.WorkDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * The Flink cluster that a rung's rounds run on one after the other. It is started once, as a
 * deployed one is: the compiler would otherwise spend the rounds on the code that starts clusters.
 */
final class RungCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 20;

    /* Of the JobManager, for each job that it has. */
    private static final String JOB_METRIC = "numberOfCompletedCheckpoints";
    /* Of the TaskManager, for each task that it has. */
    private static final String TASK_METRIC = "numRecordsIn";

    private final WorkDirectory work;
    private final MetricTap tap;
    private final MiniCluster cluster;

    private RungCluster(WorkDirectory work, MetricTap tap, MiniCluster cluster) {
        this.work = work;
        this.tap = tap;
        this.cluster = cluster;
    }

    static RungCluster start(Rung rung, int parallelism, MemorySize managedMemory)
            throws Exception {
        WorkDirectory work = WorkDirectory.create("distillwatch-bench-");
        Configuration configuration =
                rung.runtime(LocalFlink.configuration(parallelism, managedMemory, work.path()));
        MetricTap tap = MetricTap.on(configuration);
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(parallelism)
                                .build());
        cluster.start();
        return new RungCluster(work, tap, cluster);
    }

    /** An empty directory goes with the cluster. */
    Path work() {
        return work.path();
    }

    /** Metrics of the job that runs. */
    MetricTap tap() {
        return tap;
    }

    JobClient submit(StreamExecutionEnvironment environment) throws Exception {
        StreamGraph graph = environment.getStreamGraph();
        graph.setJobId(new JobID());
        graph.serializeUserDefinedInstances();
        return new MiniClusterJobClient(
                cluster.submitJob(graph).get().getJobID(),
                cluster,
                Thread.currentThread().getContextClassLoader(),
                MiniClusterJobClient.JobFinalizationBehavior.NOTHING);
    }

    /** Cancels a job and waits until nothing of it is left. */
    void stop(JobClient job) throws InterruptedException {
        try {
            job.cancel().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            job.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException cancelled) {
            // A cancelled job ends with an exception that says so.
        }
        // While its metrics are there, what the job kept is not garbage.
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (tap.count(JOB_METRIC) + tap.count(TASK_METRIC) > 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "the job of a round is still there after " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            cluster.closeAsync().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the cluster of a rung does not stop", e);
        } finally {
            tap.release();
            work.close();
        }
    }
}
