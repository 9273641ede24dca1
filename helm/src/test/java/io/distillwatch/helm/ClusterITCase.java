package io.distillwatch.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import io.distillwatch.kafka.KafkaTopics;
import io.distillwatch.settings.DetectionOptions;
import io.distillwatch.workbench.cluster.EmbeddedBroker;
import io.distillwatch.workbench.cluster.ProcessCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rendered Flink configuration starts the packaged job on a cluster of real processes, with its
 * checkpoints on an S3 server; the job is stopped with a savepoint and started from it, as an
 * upgrade does; a real Prometheus scrapes it; every panel and every alert finds the metrics it asks
 * for.
 */
class ClusterITCase {

    private static final Path JOB = Path.of("../flink-job/target/distillwatch-job.jar");
    private static final Pattern METRIC = Pattern.compile("\\bflink_[A-Za-z0-9_]+");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir private static Path directory;
    private static LocalS3 s3;
    private static EmbeddedBroker broker;
    private static ProcessCluster cluster;
    private static Prometheus prometheus;
    private static JobID job;
    private static String savepoint;

    @BeforeAll
    static void start() throws Exception {
        Tool.needPrometheus();
        assertThat(JOB).as("made by mvn package").exists();
        s3 =
                LocalS3.builder()
                        .port(Ports.free())
                        .mode(LocalS3Mode.PERSISTENCE)
                        .dataPath(Files.createDirectories(directory.resolve("s3")).toString())
                        .build();
        s3.start();
        send("PUT", "http://localhost:%d/bucket".formatted(s3.getPort()), "");
        broker = EmbeddedBroker.start();
        Configuration configuration = rendered();
        broker.createTopics(KafkaTopics.forReplays(DetectionOptions.read(configuration).kafka()));
        int port = Ports.free();
        configuration.setString("metrics.reporter.prom.port", port + "-" + (port + 9));
        cluster = ProcessCluster.start(1, configuration, ProcessCluster.ownClassPath());
        // The client reads the same config.yaml as the cluster.
        job = cluster.submit(JOB, List.of(), new Configuration());
        produce();
        untilCheckpointed();
        savepoint = stopWithSavepoint();
        Configuration restored = new Configuration();
        restored.setString("execution.state-recovery.path", savepoint);
        job = cluster.submit(JOB, List.of(), restored);
        produce();
        prometheus = Prometheus.start(directory, IntStream.range(port, port + 10).boxed().toList());
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        if (broker != null) {
            broker.close();
        }
        if (s3 != null) {
            s3.shutdown();
        }
    }

    @Test
    void savepointsAndCheckpointsGoWhereTheChartSays() throws IOException {
        untilCheckpointed();

        assertThat(savepoint)
                .startsWith("s3://bucket/state/detection/distillwatch/savepoints/savepoint-");
        JsonNode checkpoints = rest("/jobs/%s/checkpoints".formatted(job));
        assertThat(checkpoints.at("/latest/restored/external_path").asText()).isEqualTo(savepoint);
        assertThat(checkpoints.at("/latest/completed/external_path").asText())
                .startsWith("s3://bucket/state/detection/distillwatch/checkpoints/");
        assertThat(checkpoints.at("/latest/completed/num_subtasks").asInt()).isPositive();
    }

    /** The script of helm test, against a job that runs. */
    @Test
    void helmTestSeesTheJob() throws IOException {
        Path script = directory.resolve("check-job.sh");
        Files.writeString(
                script,
                Chart.minimal()
                        .render("ConfigMap", "distillwatch-tools")
                        .at("/data/check-job.sh")
                        .asText());

        Tool.Result result =
                Tool.run(
                        directory,
                        Map.of("REST_URL", cluster.client().webInterface(), "TIMEOUT", "60"),
                        "bash",
                        script.toString());

        assertThat(result.code()).as(result.output()).isZero();
        assertThat(result.output()).contains("checkpoints completed");
    }

    @Test
    void everyPanelReturnsData() throws IOException {
        Set<String> empty = new TreeSet<>();
        try (Stream<Path> files = Files.list(Chart.DIRECTORY.resolve("files/dashboards"))) {
            for (Path file : files.sorted().toList()) {
                for (JsonNode panel : new ObjectMapper().readTree(file.toFile()).path("panels")) {
                    for (JsonNode target : panel.path("targets")) {
                        String title = file.getFileName() + ": " + panel.path("title").asText();
                        empty.add(title + ": " + local(target.path("expr").asText()));
                    }
                }
            }
        }
        assertThat(empty).hasSizeGreaterThan(30);

        untilEmpty(
                empty, entry -> entry.substring(entry.indexOf(": ", entry.indexOf(": ") + 2) + 2));
    }

    @Test
    void everyMetricOfAnAlertIsOneThatTheJobHas() {
        Set<String> missing = new TreeSet<>();
        for (Manifest manifest : Chart.production().render()) {
            if (manifest.kind().equals("PrometheusRule")) {
                for (JsonNode alert : manifest.json().findParents("alert")) {
                    Matcher metrics = METRIC.matcher(alert.path("expr").asText());
                    while (metrics.find()) {
                        missing.add(metrics.group());
                    }
                }
            }
        }
        assertThat(missing).hasSizeGreaterThan(10);

        untilEmpty(
                missing,
                metric -> "%s{namespace='detection',app='distillwatch'}".formatted(metric));
    }

    /** The labels that alerts select by. */
    @Test
    void labelsAreThoseThatAlertsSelectBy() {
        Set<String> missing = new TreeSet<>();
        String exchanges = "flink_taskmanager_job_task_operator_distillwatch_outcome_exchanges";
        for (String outcome : List.of("accepted", "late", "dead_letter", "duplicate")) {
            missing.add("%s{outcome='%s'}".formatted(exchanges, outcome));
        }
        missing.add("%s{outcome='accepted'} > 0".formatted(exchanges));
        missing.add("%s{outcome='dead_letter'} > 0".formatted(exchanges));

        untilEmpty(missing, query -> query);
    }

    private static void untilCheckpointed() {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> cluster.client().completedCheckpoints(job) > 0);
    }

    /** Into the configured directory, as the operator does. */
    private static String stopWithSavepoint() throws IOException {
        String stop = cluster.client().webInterface() + "/jobs/%s/stop".formatted(job);
        String trigger =
                new ObjectMapper()
                        .readTree(send("POST", stop, "{\"drain\": false}"))
                        .path("request-id")
                        .asText();
        String path = "/jobs/%s/savepoints/%s".formatted(job, trigger);
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> rest(path).at("/status/id").asText().equals("COMPLETED"));
        JsonNode operation = rest(path).path("operation");
        assertThat(operation.has("failure-cause")).as(operation.toString()).isFalse();
        return operation.path("location").asText();
    }

    private static JsonNode rest(String path) throws IOException {
        return new ObjectMapper().readTree(send("GET", cluster.client().webInterface() + path, ""));
    }

    private static String send(String method, String uri, String body) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(uri))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Takes out what Prometheus has an answer to, until nothing is left or patience is. */
    private static void untilEmpty(
            Set<String> open, java.util.function.UnaryOperator<String> query) {
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(
                            () -> {
                                open.removeIf(
                                        entry -> !prometheus.query(query.apply(entry)).isEmpty());
                                return open.isEmpty();
                            });
        } catch (org.awaitility.core.ConditionTimeoutException timeout) {
            assertThat(open).as("no data within 90 s").isEmpty();
        }
    }

    private static String local(String expression) {
        return expression.replace("$namespace", Chart.NAMESPACE).replace("$app", Chart.RELEASE);
    }

    /** The configuration as rendered; what differs on one machine without mounts is named here. */
    private static Configuration rendered() throws IOException {
        Map<String, String> settings =
                new HashMap<>(
                        Chart.minimal()
                                .values(
                                        """
                                        kafka: {bootstrapServers: '%s'}
                                        storage:
                                          uri: s3://bucket/state
                                          volume: {enabled: false}
                                          s3: {endpoint: 'http://localhost:%d', pathStyleAccess: true}
                                          credentials: {existingSecret: s3}
                                        checkpointing: {interval: 2 s, minPause: 1 s}
                                        """
                                                .formatted(broker.bootstrapServers(), s3.getPort()))
                                .job()
                                .flinkConfiguration());
        Path secret = Files.writeString(directory.resolve("secret"), "of the test");
        settings.put("distillwatch.fingerprint.secret-file", secret.toString());
        // In a pod these are environment variables by reference to the Secret.
        settings.put("s3.access-key", "key");
        settings.put("s3.secret-key", "secret");
        settings.put(
                "state.backend.rocksdb.localdir",
                Files.createDirectories(directory.resolve("rocksdb")).toString());
        // Two processes on one address: ports of their own.
        settings.put("taskmanager.rpc.port", "0");
        settings.put("blob.server.port", "0");
        settings.put("io.tmp.dirs", Files.createDirectories(directory.resolve("tmp")).toString());
        return Configuration.fromMap(settings);
    }

    /**
     * Half an hour of event time: ordinary exchanges, one twice, one broken, one late; a policy
     * each way.
     */
    private static void produce() {
        Instant start = Instant.now().minus(Duration.ofMinutes(40));
        try (Producer<byte[], byte[]> producer = broker.producer()) {
            for (int i = 0; i < 3_000; i++) {
                send(producer, "llm-exchanges", exchange(i, start.plusMillis(600L * i)));
            }
            send(producer, "llm-exchanges", exchange(2_999, start.plusMillis(600L * 2_999)));
            send(producer, "llm-exchanges", "{\"exchange_id\": 1");
            send(producer, "llm-exchanges", exchange(9_999, start.minus(Duration.ofHours(5))));
            send(producer, "detection-policy", "{\"version\":\"test\"}");
            send(producer, "detection-policy", "{\"flag_threshold\":7}");
        }
    }

    private static String exchange(int number, Instant time) {
        return """
        {"exchange_id":"e-%d","event_time":"%s","account_id":"acct-%d","client_ip":"203.0.%d.7",\
        "prompt":"Explain step by step, as a careful tutor would, item %d of the list","model":"m",\
        "input_tokens":20,"output_tokens":200}\
        """
                .formatted(number, time, number % 150, number % 100, number);
    }

    private static void send(Producer<byte[], byte[]> producer, String topic, String value) {
        // Closing the producer waits for all of them.
        var unused =
                producer.send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8)));
    }
}
