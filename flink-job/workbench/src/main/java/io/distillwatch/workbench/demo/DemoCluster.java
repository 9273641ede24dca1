package io.distillwatch.workbench.demo;

import io.distillwatch.DetectionJob;
import io.distillwatch.kafka.KafkaTopics;
import io.distillwatch.settings.DetectionOptions;
import io.distillwatch.settings.JobSettings;
import io.distillwatch.settings.KafkaSettings;
import io.distillwatch.settings.RuntimeDefaults;
import io.distillwatch.workbench.cluster.EmbeddedBroker;
import io.distillwatch.workbench.local.LocalFlink;
import io.distillwatch.workbench.local.MetricTap;
import io.distillwatch.workbench.local.WorkDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;

/** Broker and Flink cluster of the demo in this process, with the job as it is deployed. */
final class DemoCluster implements AutoCloseable {

    /** Results appear with a checkpoint: every two seconds is three minutes apart in event time. */
    private static final Duration CHECKPOINTS = Duration.ofSeconds(2);

    private static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(512);
    private static final long PATIENCE_SECONDS = 20;
    private static final String PARTITIONS = "4";

    private final WorkDirectory work;
    private EmbeddedBroker broker;
    private KafkaSettings kafka;
    private MetricTap tap;
    private JobClient job;
    private CompletableFuture<JobExecutionResult> end;
    private boolean closed;

    private DemoCluster(WorkDirectory work) {
        this.work = work;
    }

    /** One that is not running yet; whatever it will write is in a directory that goes with it. */
    static DemoCluster prepare() throws IOException {
        return new DemoCluster(WorkDirectory.create("distillwatch-demo-"));
    }

    /**
     * Starts both. May be closed from another thread meanwhile: what is being started then is
     * closed as soon as it is up.
     *
     * @param port of the broker
     * @param webPort of Flink's web interface
     */
    void start(int port, int webPort, int parallelism) throws Exception {
        synchronized (this) {
            requireOpen();
            broker = EmbeddedBroker.start(port, work.path().resolve("kafka"));
        }
        synchronized (this) {
            requireOpen();
            startJob(webPort, parallelism);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("closed while starting");
        }
    }

    private void startJob(int webPort, int parallelism) throws Exception {
        Configuration configuration =
                LocalFlink.configuration(parallelism, MANAGED_MEMORY, work.path());
        LocalFlink.checkpoint(configuration, CHECKPOINTS, work.path());
        configuration.set(RestOptions.PORT, webPort);
        configuration.set(RestOptions.BIND_PORT, Integer.toString(webPort));
        configuration.setString(
                DetectionOptions.PREFIX + "kafka.bootstrap-servers", broker.bootstrapServers());
        configuration.setString(DetectionOptions.PREFIX + "kafka.partitions", PARTITIONS);
        configuration.setString(
                DetectionOptions.PREFIX + "fingerprint.secret", "of no use beyond the demo");
        JobSettings settings = DetectionOptions.read(configuration);
        kafka = settings.kafka();
        broker.createTopics(KafkaTopics.forReplays(kafka));
        Configuration runtime = RuntimeDefaults.over(configuration);
        tap = MetricTap.on(runtime);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(runtime);
        environment.setParallelism(parallelism);
        DetectionJob.define(environment, settings);
        job = environment.executeAsync("demo");
        end = job.getJobExecutionResult();
    }

    EmbeddedBroker broker() {
        return broker;
    }

    KafkaSettings kafka() {
        return kafka;
    }

    long stateBytes() {
        return LocalFlink.stateBytes(tap);
    }

    /** Exchanges of which all results are committed. */
    long committed() {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()))) {
            return admin
                    .listConsumerGroupOffsets(kafka.groupId())
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .filter(e -> e.getKey().topic().equals(kafka.exchangesTopic()))
                    .filter(e -> e.getValue() != null)
                    .mapToLong(e -> e.getValue().offset())
                    .sum();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } catch (ExecutionException e) {
            return 0; // no checkpoint has been committed yet
        }
    }

    /** Throws what ended the job, if it has ended. */
    void check() throws Exception {
        if (end.isDone()) {
            end.get();
            throw new IllegalStateException("the job has ended before the traffic did");
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (job != null) {
            cancelJob();
        }
        if (tap != null) {
            tap.release();
        }
        if (broker != null) {
            broker.close();
        }
        work.close();
    }

    private void cancelJob() {
        try {
            job.cancel().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | IllegalStateException cancelled) {
            // A cancelled job ends with an exception that says so.
        }
    }
}
