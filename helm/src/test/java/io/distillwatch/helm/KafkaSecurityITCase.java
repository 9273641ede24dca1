package io.distillwatch.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.SecurityUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the chart renders for Kafka, against a broker with TLS, SCRAM and ACLs. The ACLs are those
 * of the chart's README: enough with all of them, and not with one less.
 */
class KafkaSecurityITCase {

    private static final String MOUNT = "/etc/distillwatch/kafka";
    private static final String JOB = "distillwatch-job";
    private static final String SQL = "distillwatch-sql";

    @TempDir private static Path directory;
    private static SecureBroker broker;
    private static Admin admin;
    private static List<Manifest> rendered;
    private static Chart chart;

    @BeforeAll
    static void start() throws Exception {
        broker = SecureBroker.start(directory, List.of(JOB, SQL));
        admin = Admin.create(broker.admin());
        // What the kubelet would mount.
        Files.createDirectories(directory.resolve("sasl"));
        Files.writeString(directory.resolve("sasl/password"), SecureBroker.USER_PASSWORD);
        Files.createDirectories(directory.resolve("truststore"));
        Files.copy(broker.certificate(), directory.resolve("truststore/ca.crt"));
        chart =
                Chart.production()
                        .values("kafka: {bootstrapServers: '" + broker.bootstrapServers() + "'}")
                        .values(
                                """
                                topics:
                                  manage: job
                                  replicas: 1
                                  minInSyncReplicas: 0
                                  partitions: 2
                                  # The tools take seconds a topic: one that compacts, one that deletes.
                                  list:
                                    prefix-metrics: {create: false}
                                    distillation-campaign-members: {create: false}
                                    exchanges-dead-letter: {create: false}
                                    exchanges-late: {create: false}
                                production: false
                                """);
        rendered = chart.render();
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
    }

    @BeforeEach
    void topicsAreThereAndNothingIsAllowed() throws Exception {
        Set<String> there = admin.listTopics().names().get();
        List<NewTopic> missing =
                topics().stream()
                        .filter(topic -> !there.contains(topic))
                        .map(topic -> new NewTopic(topic, 1, (short) 1))
                        .toList();
        admin.createTopics(missing).all().get();
        admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
    }

    @Test
    void theAclsOfTheReadmeAreEnough() throws Exception {
        admin.createAcls(acls()).all().get();

        assertThat(failures()).isEmpty();
    }

    @Test
    void andEachOfThemIsNecessary() throws Exception {
        List<AclBinding> all = acls();
        admin.createAcls(all).all().get();
        List<String> unnecessary = new ArrayList<>();
        for (AclBinding acl : all) {
            admin.deleteAcls(List.of(acl.toFilter())).all().get();
            if (failures().isEmpty()) {
                unnecessary.add(acl.toString());
            }
            admin.createAcls(List.of(acl)).all().get();
        }

        assertThat(unnecessary).isEmpty();
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        admin.createAcls(acls()).all().get();
        Properties wrong = clientProperties(JOB);
        wrong.computeIfPresent(
                "sasl.jaas.config",
                (key, value) ->
                        value.toString().replaceAll("password=\"[^\"]*\"", "password=\"guess\""));

        assertThat(attempt(() -> describe(wrong, "llm-exchanges"))).contains("Authentication");
    }

    @Test
    void noPasswordStandsInWhatIsRendered() {
        assertThat(chart.text())
                .contains("${directory:" + MOUNT + "/sasl:password}")
                .doesNotContain(SecureBroker.USER_PASSWORD);
    }

    /** The very scripts of the ConfigMap, with Kafka's own tools behind the names they call. */
    @Test
    void theJobsCreateTopicsPublishThePolicyAndCheck() throws Exception {
        admin.createAcls(acls()).all().get();
        admin.createAcls(
                        Stream.of(
                                        AclOperation.CREATE,
                                        AclOperation.ALTER,
                                        AclOperation.ALTER_CONFIGS,
                                        AclOperation.DESCRIBE_CONFIGS)
                                .map(
                                        operation ->
                                                acl(JOB, ResourceType.TOPIC, "*", false, operation))
                                .toList())
                .all()
                .get();
        admin.deleteTopics(List.of("distillation-campaigns")).all().get();

        Tool.Result created = script("topics.sh");
        assertThat(created.code()).as(created.output()).isZero();
        Tool.Result checked = script("check-topics.sh");
        assertThat(checked.code()).as(checked.output()).isZero();
        Tool.Result again = script("topics.sh");
        assertThat(again.code()).as(again.output()).isZero();
        Tool.Result published = script("publish-policy.sh");
        assertThat(published.code()).as(published.output()).isZero();

        Properties properties = clientProperties(JOB);
        properties.put("group.id", "distillwatch-policy");
        assertThat(read(properties, "detection-policy"))
                .contains(Manifest.strings(tools().at("/data")).get("policy.json").strip());
        assertThat(settings("distillation-campaigns")).containsEntry("cleanup.policy", "compact");
        assertThat(settings("account-metrics"))
                .containsEntry("message.timestamp.type", "LogAppendTime");

        admin.deleteTopics(List.of("distillation-campaigns")).all().get();
        Tool.Result missing = script("check-topics.sh");
        assertThat(missing.code()).isNotZero();
        assertThat(missing.output()).contains("topic distillation-campaigns: not there");
    }

    /** Everything that the release does with Kafka; names of what failed. */
    private static Set<String> failures() {
        Map<String, Attempt> attempts = new LinkedHashMap<>();
        Properties job = clientProperties(JOB);
        attempts.put("read exchanges", () -> consume(job, "llm-exchanges", group()));
        attempts.put("read policies", () -> consume(job, "detection-policy", group() + "-policy"));
        for (String topic : outputs()) {
            attempts.put("write " + topic, () -> commit(job, topic));
        }
        attempts.put("publish policy", () -> publish(job, "detection-policy"));
        for (String topic : topics()) {
            attempts.put("check " + topic, () -> describe(job, topic));
        }
        Properties sql = clientProperties(SQL);
        for (String topic : topics()) {
            attempts.put("query " + topic, () -> consume(sql, topic, group() + "-sql-1"));
        }
        Set<String> failed = new TreeSet<>();
        attempts.forEach(
                (name, attempt) -> {
                    if (!attempt(attempt).isEmpty()) {
                        failed.add(name);
                    }
                });
        return failed;
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws Exception;
    }

    /** What went wrong; empty if nothing did. */
    private static String attempt(Attempt attempt) {
        try {
            attempt.run();
            return "";
        } catch (Exception e) {
            return e + " " + e.getCause();
        }
    }

    private static void consume(Properties client, String topic, String group) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(client, group)) {
            consumer.subscribe(List.of(topic));
            Instant patience = Instant.now().plusSeconds(20);
            while (consumer.assignment().isEmpty() && Instant.now().isBefore(patience)) {
                consumer.poll(Duration.ofMillis(100));
            }
            // Read is asked for when records are fetched, not when partitions are given out.
            consumer.poll(Duration.ofSeconds(1));
            consumer.commitSync(Duration.ofSeconds(10));
        }
    }

    private static List<String> read(Properties client, String topic) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                consumer(client, client.getProperty("group.id"))) {
            consumer.subscribe(List.of(topic));
            for (int i = 0; i < 50 && values.isEmpty(); i++) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(
                                record ->
                                        values.add(
                                                new String(
                                                        record.value(), StandardCharsets.UTF_8)));
            }
        }
        return values;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Properties client, String group) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.put("group.id", group);
        properties.put("auto.offset.reset", "earliest");
        properties.put("isolation.level", "read_committed");
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** As the job's exactly-once sinks do. */
    private static void commit(Properties client, String topic) throws Exception {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.put(
                "transactional.id",
                settings().get("distillwatch.kafka.transactional-id-prefix") + "-" + topic + "-0");
        try (KafkaProducer<byte[], byte[]> producer = producer(properties)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, new byte[1], new byte[1])).get();
            producer.commitTransaction();
        }
    }

    private static void publish(Properties client, String topic) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(client)) {
            producer.send(
                            new ProducerRecord<>(
                                    topic, new byte[1], "{}".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Properties client) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.put("max.block.ms", "10000");
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void describe(Properties client, String topic) throws Exception {
        try (Admin user = Admin.create(client)) {
            user.describeConfigs(List.of(new ConfigResource(ConfigResource.Type.TOPIC, topic)))
                    .all()
                    .get();
        }
    }

    private static Map<String, String> settings(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().get(resource).entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(entry -> entry.name(), entry -> entry.value()));
    }

    /** The rows of the README, an ACL for each operation. */
    private static List<AclBinding> acls() {
        List<AclBinding> acls = new ArrayList<>();
        for (List<String> row : Readme.table("### Kafka ACLs")) {
            for (String name : row.get(2).split(",\\s*", -1)) {
                for (String operation : row.get(3).split(",\\s*", -1)) {
                    boolean prefixed = name.endsWith("*");
                    acls.add(
                            acl(
                                    row.get(0),
                                    ResourceType.fromString(row.get(1).replace(' ', '_')),
                                    prefixed ? name.substring(0, name.length() - 1) : name,
                                    prefixed,
                                    SecurityUtils.operation(operation)));
                }
            }
        }
        return acls;
    }

    private static AclBinding acl(
            String user, ResourceType type, String name, boolean prefixed, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(
                        type, name, prefixed ? PatternType.PREFIXED : PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    /**
     * The Kafka properties of a FlinkDeployment or of the gateway, with mounts where they are here.
     */
    private static Properties clientProperties(String user) {
        Map<String, String> settings =
                user.equals(JOB)
                        ? settings()
                        : Manifest.strings(
                                Manifest.yaml(
                                        chart.render("ConfigMap", "distillwatch-sql-gateway")
                                                .at("/data/config.yaml")
                                                .asText()));
        String prefix = "distillwatch.kafka.properties.";
        Properties properties = new Properties();
        settings.forEach(
                (key, value) -> {
                    if (key.startsWith(prefix)) {
                        properties.put(
                                key.substring(prefix.length()),
                                value.replace(MOUNT, directory.toString()));
                    }
                });
        properties.put("bootstrap.servers", settings.get("distillwatch.kafka.bootstrap-servers"));
        return properties;
    }

    private static Map<String, String> settings() {
        return rendered.stream()
                .filter(manifest -> manifest.title().equals("FlinkDeployment/distillwatch"))
                .findFirst()
                .orElseThrow()
                .flinkConfiguration();
    }

    private static String group() {
        return settings().get("distillwatch.kafka.group-id");
    }

    private static Manifest tools() {
        return rendered.stream()
                .filter(manifest -> manifest.title().equals("ConfigMap/distillwatch-tools"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> topics() {
        return settings().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("distillwatch.kafka.topic."))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static List<String> outputs() {
        return topics().stream()
                .filter(topic -> !topic.equals("llm-exchanges"))
                .filter(topic -> !topic.equals("detection-policy"))
                .toList();
    }

    /** Runs a script of the ConfigMap with the environment that its Job gives it. */
    private static Tool.Result script(String name) throws IOException {
        Path files = Files.createDirectories(directory.resolve("tools"));
        for (Map.Entry<String, String> file : Manifest.strings(tools().at("/data")).entrySet()) {
            Files.writeString(
                    files.resolve(file.getKey()),
                    file.getValue().replace(MOUNT, directory.toString()));
        }
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Map<String, String> mains =
                Map.of(
                        "kafka-topics.sh", "org.apache.kafka.tools.TopicCommand",
                        "kafka-configs.sh", "kafka.admin.ConfigCommand",
                        "kafka-console-producer.sh", "org.apache.kafka.tools.ConsoleProducer");
        for (Map.Entry<String, String> tool : mains.entrySet()) {
            Path file = bin.resolve(tool.getKey());
            Files.writeString(
                    file,
                    "#!/bin/sh\nexec \"%s/bin/java\" -XX:TieredStopAtLevel=1 -Xmx128m %s \"$@\"\n"
                            .formatted(System.getProperty("java.home"), tool.getValue()));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Map<String, String> environment = new HashMap<>();
        Manifest job =
                rendered.stream()
                        .filter(manifest -> manifest.title().equals("Job/distillwatch-topics"))
                        .findFirst()
                        .orElseThrow();
        job.at("/spec/template/spec/containers/0/env")
                .forEach(
                        variable ->
                                environment.put(
                                        variable.path("name").asText(),
                                        variable.path("value").asText()));
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        environment.put("FILES", files.toString());
        environment.put("CLIENT_PROPERTIES", files.resolve("client.properties").toString());
        environment.put(
                "CLASSPATH",
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        return Tool.run(directory, environment, "bash", files.resolve(name).toString());
    }
}
