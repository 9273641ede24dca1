package io.distillwatch.workbench.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobMessageParameters;
import org.apache.flink.runtime.rest.messages.JobVertexDetailsHeaders;
import org.apache.flink.runtime.rest.messages.JobVertexMessageParameters;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatisticsHeaders;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;

/** Asks a cluster how its jobs are, and ends them. */
public final class ClusterClient implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofMinutes(1);

    private final Configuration configuration;
    private RestClusterClient<String> rest;

    ClusterClient(Configuration cluster) {
        this.configuration = cluster;
    }

    /** The state of the job. */
    public JobStatus status(JobID job) {
        return get(rest().getJobStatus(job));
    }

    /** Whether every task of the job runs, and not only the job as such. */
    public boolean allTasksRun(JobID job) {
        JobDetailsInfo details = get(rest().getJobDetails(job));
        return details.getJobStatus() == JobStatus.RUNNING
                && details.getJobVertexInfos().stream()
                        .allMatch(
                                vertex ->
                                        vertex.getTasksPerState().get(ExecutionState.RUNNING)
                                                == vertex.getParallelism());
    }

    /** The TaskManagers that have a task of the job. */
    public Set<String> busyTaskManagers(JobID job) {
        Set<String> ids = new TreeSet<>();
        for (JobDetailsInfo.JobVertexDetailsInfo vertex :
                get(rest().getJobDetails(job)).getJobVertexInfos()) {
            JobVertexMessageParameters parameters = new JobVertexMessageParameters();
            parameters.jobPathParameter.resolve(job);
            parameters.jobVertexIdPathParameter.resolve(vertex.getJobVertexID());
            get(rest().sendRequest(
                                    JobVertexDetailsHeaders.getInstance(),
                                    parameters,
                                    EmptyRequestBody.getInstance()))
                    .getSubtasks()
                    .forEach(subtask -> ids.add(subtask.getTaskmanagerId()));
        }
        return ids;
    }

    /** Checkpoints and savepoints that the job has completed since it was submitted. */
    public long completedCheckpoints(JobID job) {
        JobMessageParameters parameters = new JobMessageParameters();
        parameters.jobPathParameter.resolve(job);
        CheckpointingStatistics statistics =
                get(
                        rest().sendRequest(
                                        CheckpointingStatisticsHeaders.getInstance(),
                                        parameters,
                                        EmptyRequestBody.getInstance()));
        return statistics.getCounts().getNumberCompletedCheckpoints();
    }

    /**
     * Stops the job with a savepoint, without draining it.
     *
     * @return the path of the savepoint
     */
    public String stopWithSavepoint(JobID job, Path directory) {
        return get(
                rest().stopWithSavepoint(
                                job,
                                false,
                                directory.toUri().toString(),
                                SavepointFormatType.CANONICAL));
    }

    /** Cancels the job and waits until it is gone. */
    public void cancel(JobID job) {
        get(rest().cancel(job));
        Await.until("the end of job " + job, ANSWER, () -> status(job).isGloballyTerminalState());
    }

    /** How many TaskManagers are registered. */
    int taskManagers() {
        return get(rest().getClusterOverview()).getNumTaskManagersConnected();
    }

    /** Address of the web interface. */
    public String webInterface() {
        return rest().getWebInterfaceURL();
    }

    private synchronized RestClusterClient<String> rest() {
        if (rest == null) {
            try {
                rest = new RestClusterClient<>(configuration, "process-cluster");
            } catch (Exception e) {
                throw new IllegalStateException("cannot talk to the cluster", e);
            }
        }
        return rest;
    }

    private static <T> T get(CompletableFuture<T> answer) {
        try {
            return answer.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the cluster does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while talking to the cluster", e);
        }
    }

    @Override
    public synchronized void close() {
        if (rest != null) {
            rest.close();
        }
    }
}
