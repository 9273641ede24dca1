package io.distillwatch.workbench.job;

import io.distillwatch.DetectionJob;
import io.distillwatch.settings.JobSettings;
import io.distillwatch.settings.RuntimeDefaults;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job on the cluster of the test, cancelled when it is closed. */
final class RunningJob implements AutoCloseable {

    private final JobClient client;

    private RunningJob(JobClient client) {
        this.client = client;
    }

    static RunningJob start(JobSettings settings, int parallelism, Path checkpoints)
            throws Exception {
        Configuration asked = new Configuration();
        asked.setString("execution.checkpointing.interval", "500 ms");
        asked.setString("execution.checkpointing.dir", checkpoints.toUri().toString());
        asked.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
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

    @Override
    public void close() throws Exception {
        client.cancel().get();
    }
}
