package io.distillwatch.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import io.distillwatch.kafka.KafkaTopics;
import io.distillwatch.settings.DetectionOptions;
import io.distillwatch.settings.KafkaSettings;
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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The production profile, as far as one machine goes: what it renders is deployed by Flink's own
 * deployer to a server that plays Kubernetes and holds the job to its Role; the pods that come of
 * it run as processes; Kafka has TLS, SCRAM and no ACLs but those of the README; checkpoints, HA
 * metadata and savepoints go to an S3 server. The JobManager is killed and finds its job again; the
 * job is stopped with a savepoint and started from it, as an upgrade does; a real Prometheus
 * scrapes it, and every panel and every alert finds the metrics it asks for.
 */
class ClusterITCase {

    private static final Path JOB = Path.of("../flink-job/target/distillwatch-job.jar");
    private static final JobID ID = new JobID();
    private static final Pattern METRIC = Pattern.compile("\\bflink_[A-Za-z0-9_]+");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String STATE = "s3://bucket/state/detection/distillwatch/";

    @TempDir private static Path directory;
    private static LocalS3 s3;
    private static SecureBroker broker;
    private static ApiServer kubernetes;
    private static NativeOperator operator;
    private static Kubelet kubelet;
    private static Prometheus prometheus;
    private static Chart chart;
    private static Map<String, String> here;
    private static int rest;
    private static String failover;
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
        broker =
                SecureBroker.start(
                        Files.createDirectories(directory.resolve("kafka")),
                        List.of("distillwatch-job"));
        chart = chart();
        createTopicsAndAcls();
        kubernetes = ApiServer.start(chart.render("Role", Chart.RELEASE));
        Path pods = Files.createDirectories(directory.resolve("pods"));
        operator = new NativeOperator(kubernetes, directory);
        kubelet = new Kubelet(kubernetes, pods, secrets());
        int metrics = Ports.free();
        here = here(metrics);

        operator.deploy(chart.job(), here, ID, "");
        produce();
        untilCheckpointed();

        kubelet.kill(Chart.RELEASE);
        untilCheckpointed();
        failover = restoredFrom();

        savepoint = stopWithSavepoint();
        until(
                "the idle TaskManager to be given back",
                () -> kubernetes.client().pods().list().getItems().isEmpty());
        operator.delete();
        kubelet.sync();
        // What a JobManager wrote that was still there.
        operator.delete();
        operator.deploy(chart.job(), here, ID, savepoint);
        produce();
        untilCheckpointed();
        prometheus =
                Prometheus.start(
                        directory, IntStream.range(metrics, metrics + 10).boxed().toList());
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable each :
                new AutoCloseable[] {
                    prometheus, kubelet, kubernetes, broker, s3 == null ? null : s3::shutdown
                }) {
            if (each != null) {
                try {
                    each.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @Test
    void stateGoesWhereTheChartSaysAndComesBackFromThere() throws IOException {
        assertThat(failover)
                .as("after the JobManager was killed")
                .startsWith(STATE + "checkpoints/");
        assertThat(savepoint).startsWith(STATE + "savepoints/savepoint-");
        assertThat(restoredFrom()).isEqualTo(savepoint);
        JsonNode checkpoints = rest("/jobs/%s/checkpoints".formatted(ID));
        assertThat(checkpoints.at("/latest/completed/external_path").asText())
                .startsWith(STATE + "checkpoints/");
        assertThat(checkpoints.at("/latest/completed/num_subtasks").asInt()).isPositive();
    }

    /** Not the templates: the pods that Flink made of them. */
    @Test
    void podsAreAsStrictAsTheirTemplates() {
        Manifest jobManager =
                ApiServer.manifest(
                        kubernetes.client().apps().deployments().withName(Chart.RELEASE).get());
        List<Manifest> taskManagers =
                kubernetes.client().pods().list().getItems().stream()
                        .map(ApiServer::manifest)
                        .toList();
        assertThat(taskManagers).isNotEmpty();

        for (Manifest manifest :
                Stream.concat(Stream.of(jobManager), taskManagers.stream()).toList()) {
            // For artifacts fetched from elsewhere: Flink's own, not to be bounded, here empty.
            assertThat(PodRules.problems(manifest))
                    .filteredOn(problem -> !problem.contains("\"user-artifacts-volume\""))
                    .isEmpty();
            JsonNode pod = manifest.pods().values().iterator().next();
            assertThat(pod.at("/spec/serviceAccountName").asText()).isEqualTo(Chart.RELEASE);
            // Of disruption budgets and alerts.
            assertThat(Manifest.strings(pod.at("/metadata/labels")))
                    .containsEntry("app", Chart.RELEASE)
                    .containsKeys("component", "app.kubernetes.io/component");
        }
    }

    /** A job that started, lost its JobManager, and was stopped has asked for all it ever asks. */
    @Test
    void theRoleIsEnoughAndNothingInItIsIdle() {
        Set<String> granted = ApiServer.verbs(chart.render("Role", Chart.RELEASE));

        assertThat(granted).containsAll(kubernetes.asked());
        assertThat(kubernetes.asked()).containsAll(granted);
    }

    /** The script of helm test, against a job that runs. */
    @Test
    void helmTestSeesTheJob() throws IOException {
        Path script = directory.resolve("check-job.sh");
        Files.writeString(
                script,
                chart.render("ConfigMap", "distillwatch-tools").at("/data/check-job.sh").asText());

        Tool.Result result =
                Tool.run(
                        directory,
                        Map.of("REST_URL", "http://localhost:" + rest, "TIMEOUT", "60"),
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

    @Test
    void everyMetricOfTheReadmeIsThere() {
        Set<String> missing = new TreeSet<>();
        for (List<String> row : Readme.table("## Metrics")) {
            missing.add("flink_taskmanager_job_task_operator_" + row.get(0));
        }
        assertThat(missing).hasSize(8);

        untilEmpty(missing, metric -> metric);
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

    /** One more than there were. */
    private static void untilCheckpointed() {
        long[] before = {-1};
        until(
                "a checkpoint",
                () -> {
                    long completed =
                            rest("/jobs/%s/checkpoints".formatted(ID))
                                    .at("/counts/completed")
                                    .asLong(-1);
                    if (before[0] < 0) {
                        before[0] = completed;
                    }
                    return completed > before[0] && before[0] >= 0;
                });
    }

    private static String restoredFrom() throws IOException {
        return rest("/jobs/%s/checkpoints".formatted(ID))
                .at("/latest/restored/external_path")
                .asText();
    }

    /** Into the configured directory, as the operator does. */
    private static String stopWithSavepoint() throws IOException {
        String stop = "http://localhost:%d/jobs/%s/stop".formatted(rest, ID);
        String trigger =
                new ObjectMapper()
                        .readTree(send("POST", stop, "{\"drain\": false}"))
                        .path("request-id")
                        .asText();
        String path = "/jobs/%s/savepoints/%s".formatted(ID, trigger);
        until("a savepoint", () -> rest(path).at("/status/id").asText().equals("COMPLETED"));
        JsonNode operation = rest(path).path("operation");
        assertThat(operation.has("failure-cause")).as(operation.toString()).isFalse();
        return operation.path("location").asText();
    }

    /** Waits while the kubelet does its work; a JobManager that does not answer yet says no. */
    private static void until(String what, java.util.concurrent.Callable<Boolean> condition) {
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(
                            () -> {
                                kubelet.sync();
                                return condition.call();
                            });
        } catch (org.awaitility.core.ConditionTimeoutException timeout) {
            throw new AssertionError(what + " within " + PATIENCE + "\n" + kubelet.lastLines());
        }
    }

    private static JsonNode rest(String path) throws IOException {
        return new ObjectMapper()
                .readTree(send("GET", "http://localhost:%d%s".formatted(rest, path), ""));
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

    /** The production profile, with the addresses of this machine. */
    private static Chart chart() {
        return Chart.production()
                .values(
                        """
                        kafka: {bootstrapServers: '%s'}
                        topics: {partitions: 2}
                        job: {parallelism: 1, jarURI: 'local://%s'}
                        storage:
                          uri: s3://bucket/state
                          s3:
                            endpoint: 'http://localhost:%d'
                            pathStyleAccess: true
                            credentialsProvider: ''
                          credentials: {existingSecret: s3}
                        checkpointing: {interval: 2 s, minPause: 1 s}
                        taskManager: {slots: 1, memory: 1728m}
                        """
                                .formatted(
                                        broker.bootstrapServers(),
                                        JOB.toAbsolutePath().normalize(),
                                        s3.getPort()));
    }

    /** What a namespace has beside the release. */
    private static Map<String, Map<String, String>> secrets() throws IOException {
        return Map.of(
                "distillwatch-fingerprint", Map.of("secret", "of the test"),
                "distillwatch-job", Map.of("password", SecureBroker.USER_PASSWORD),
                "main-cluster-ca-cert", Map.of("ca.crt", Files.readString(broker.certificate())),
                "s3", Map.of("access-key-id", "key", "secret-access-key", "secret"));
    }

    /**
     * Pods share one address here, so each port is one of its own; there is one disk, and a machine
     * that may be busy.
     */
    private static Map<String, String> here(int metrics) throws IOException {
        rest = Ports.free();
        return Map.of(
                "rest.port", String.valueOf(rest),
                "jobmanager.rpc.port", String.valueOf(Ports.free()),
                "blob.server.port", String.valueOf(Ports.free()),
                "taskmanager.rpc.port", String.valueOf(Ports.free()),
                "metrics.reporter.prom.port", metrics + "-" + (metrics + 9),
                "pekko.startup-timeout", "2 min",
                "pekko.ask.timeout", "1 min",
                "resourcemanager.taskmanager-timeout", "5 s",
                "io.tmp.dirs", Files.createDirectories(directory.resolve("tmp")).toString());
    }

    private static void createTopicsAndAcls() throws Exception {
        KafkaSettings settings =
                DetectionOptions.read(
                                Configuration.fromMap(Map.of("distillwatch.kafka.partitions", "2")))
                        .kafka();
        try (Admin admin = Admin.create(broker.admin())) {
            admin.createTopics(
                            KafkaTopics.forService(settings).stream()
                                    .map(
                                            plan ->
                                                    new NewTopic(
                                                                    plan.name(),
                                                                    plan.partitions(),
                                                                    (short) 1)
                                                            .configs(plan.config()))
                                    .toList())
                    .all()
                    .get();
            admin.createAcls(ReadmeAcls.all()).all().get();
        }
    }

    /**
     * Half an hour of event time: ordinary exchanges, one twice, one broken, one late; a policy
     * each way.
     */
    private static void produce() {
        Instant start = Instant.now().minus(Duration.ofMinutes(40));
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        broker.admin(), new ByteArraySerializer(), new ByteArraySerializer())) {
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
