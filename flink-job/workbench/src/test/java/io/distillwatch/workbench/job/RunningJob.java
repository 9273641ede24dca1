package io.distillwatch.workbench.job;

import io.distillwatch.DetectionJob;
import io.distillwatch.settings.JobSettings;
import io.distillwatch.settings.RuntimeDefaults;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job on the cluster of the test, cancelled when it is closed. */
final class RunningJob implements AutoCloseable {

    private final JobClient client;

    private RunningJob(JobClient client) {
        this.client = client;
    }

    static RunningJob start(JobSettings settings, int parallelism, Path checkpoints)
            throws Exception {
        return start(settings, parallelism, checkpoints, null);
    }

    /**
     * @param savepoint to go on from; null to begin anew
     */
    static RunningJob start(
            JobSettings settings, int parallelism, Path checkpoints, String savepoint)
            throws Exception {
        Configuration asked = new Configuration();
        asked.setString("execution.checkpointing.interval", "500 ms");
        asked.setString("execution.checkpointing.dir", checkpoints.toUri().toString());
        asked.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        if (savepoint != null) {
            asked.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(RuntimeDefaults.over(asked));
        env.setParallelism(parallelism);
        DetectionJob.define(env, settings);
        return new RunningJob(env.executeAsync(DetectionJob.NAME));
    }

    /** Fails if the job has ended by itself. */
    boolean runs() throws ExecutionException, InterruptedException {
        return !client.getJobStatus().get().isTerminalState();
    }

    /** Stops the job; gives the savepoint that it left. */
    String stop(Path savepoints) throws Exception {
        return client.stopWithSavepoint(
                        false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                .get();
    }

    @Override
    public void close() throws Exception {
        if (runs()) {
            client.cancel().get();
        }
    }
}
