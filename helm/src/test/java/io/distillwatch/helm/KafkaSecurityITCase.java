package io.distillwatch.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.settings.DetectionOptions;
import io.distillwatch.settings.KafkaSettings;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
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

    /** Of the class path, what Kafka's tools have no use for. */
    private static final Pattern NOT_KAFKA =
            Pattern.compile("/(classes|org/apache/flink|io/(fabric8|strimzi|netty|github))(/|$)");

    private static final Map<String, AutoCloseable> CLIENTS = new HashMap<>();

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
        Files.writeString(directory.resolve("secret"), "of the test");
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
        List.copyOf(CLIENTS.keySet()).forEach(KafkaSecurityITCase::drop);
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
        // Something to read for whoever may.
        try (KafkaProducer<byte[], byte[]> superUser = producer(broker.admin())) {
            for (NewTopic topic : missing) {
                publish(superUser, topic.name());
            }
        }
        admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
    }

    @Test
    void theAclsOfTheReadmeAreEnoughAndEachIsNecessary() throws Exception {
        List<AclBinding> all = ReadmeAcls.all();
        admin.createAcls(all).all().get();
        untilTheBrokerHas(all.get(all.size() - 1), 1);
        assertThat(uses().stream().filter(KafkaSecurityITCase::fails)).isEmpty();

        List<String> unnecessary = new ArrayList<>();
        for (AclBinding acl : all) {
            admin.deleteAcls(List.of(acl.toFilter())).all().get();
            untilTheBrokerHas(acl, 0);
            // The first failure is enough; those come first that have to do with what was taken.
            String name = acl.pattern().name();
            Optional<Use> missed =
                    uses().stream()
                            .sorted(Comparator.comparing(use -> !use.resources().contains(name)))
                            .filter(KafkaSecurityITCase::fails)
                            .findFirst();
            if (missed.isEmpty()) {
                unnecessary.add(acl.toString());
            }
            admin.createAcls(List.of(acl)).all().get();
            untilTheBrokerHas(acl, 1);
            // It was this that was missed, and nothing else.
            missed.ifPresent(
                    use ->
                            assertThat(attempt(use.attempt()))
                                    .as(use.name() + " with " + acl)
                                    .isEmpty());
        }
        assertThat(unnecessary).isEmpty();
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        admin.createAcls(ReadmeAcls.all()).all().get();
        Properties wrong = clientProperties(JOB);
        wrong.computeIfPresent(
                "sasl.jaas.config",
                (key, value) ->
                        value.toString().replaceAll("password=\"[^\"]*\"", "password=\"guess\""));

        try (Admin guessing = Admin.create(wrong)) {
            assertThat(attempt(() -> describe(guessing, "llm-exchanges")))
                    .contains("Authentication");
        }
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
        admin.createAcls(ReadmeAcls.all()).all().get();
        admin.createAcls(
                        Stream.of(
                                        AclOperation.CREATE,
                                        AclOperation.ALTER,
                                        AclOperation.ALTER_CONFIGS,
                                        AclOperation.DESCRIBE_CONFIGS)
                                .map(
                                        operation ->
                                                ReadmeAcls.acl(
                                                        JOB,
                                                        ResourceType.TOPIC,
                                                        "*",
                                                        false,
                                                        operation))
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

    /** An ACL is given to the controller and reaches the broker a moment later. */
    private static void untilTheBrokerHas(AclBinding acl, int count) {
        Awaitility.await()
                .until(() -> admin.describeAcls(acl.toFilter()).values().get().size() == count);
    }

    /**
     * One thing that the release does with Kafka.
     *
     * @param resources the topic, the group or the transactional ids it concerns
     */
    private record Use(String name, List<String> resources, Attempt attempt) {}

    /** Everything that the release does with Kafka. */
    private static List<Use> uses() {
        List<Use> uses = new ArrayList<>();
        Properties job = clientProperties(JOB);
        Properties sql = clientProperties(SQL);
        uses.add(read(job, "llm-exchanges", group()));
        uses.add(read(job, "detection-policy", group() + "-policy"));
        uses.add(publish(job, "detection-policy"));
        for (String topic : outputs()) {
            uses.add(write(job, topic));
        }
        for (String topic : topics()) {
            uses.add(check(job, topic));
            uses.add(read(sql, topic, group() + "-sql-1"));
        }
        return uses;
    }

    /** As Flink's source does: it takes its partitions itself, and commits for a group. */
    private static Use read(Properties client, String topic, String group) {
        String name = "read %s for %s".formatted(topic, group);
        return new Use(
                name,
                List.of(topic, group.replace("-sql-1", "-sql")),
                () -> {
                    KafkaConsumer<byte[], byte[]> consumer =
                            kept(name, () -> consumer(client, group));
                    List<TopicPartition> partitions =
                            consumer.partitionsFor(topic).stream()
                                    .map(each -> new TopicPartition(topic, each.partition()))
                                    .toList();
                    consumer.assign(partitions);
                    consumer.seekToBeginning(partitions);
                    int records = 0;
                    Instant patience = Instant.now().plusSeconds(20);
                    while (records == 0 && Instant.now().isBefore(patience)) {
                        records = consumer.poll(Duration.ofMillis(100)).count();
                    }
                    assertThat(records).as("records to read in " + topic).isPositive();
                    consumer.commitSync(Duration.ofSeconds(10));
                });
    }

    /** As the job's exactly-once sinks do. */
    private static Use write(Properties client, String topic) {
        String name = "write " + topic;
        return new Use(
                name,
                List.of(topic, transactions()),
                () -> {
                    KafkaProducer<byte[], byte[]> producer =
                            kept(
                                    name,
                                    () -> {
                                        Properties properties = new Properties();
                                        properties.putAll(client);
                                        properties.put(
                                                "transactional.id",
                                                transactions() + "-" + topic + "-0");
                                        KafkaProducer<byte[], byte[]> fresh = producer(properties);
                                        CLIENTS.put(name, fresh);
                                        fresh.initTransactions();
                                        return fresh;
                                    });
                    producer.beginTransaction();
                    producer.send(new ProducerRecord<>(topic, new byte[1], new byte[1])).get();
                    producer.commitTransaction();
                });
    }

    private static Use publish(Properties client, String topic) {
        String name = "publish " + topic;
        return new Use(
                name, List.of(topic), () -> publish(kept(name, () -> producer(client)), topic));
    }

    private static Use check(Properties client, String topic) {
        return new Use(
                "check " + topic,
                List.of(topic),
                () -> describe(kept("check", () -> Admin.create(client)), topic));
    }

    /** A client of its own for each use, kept for as long as the use works: a handshake is slow. */
    private static <T extends AutoCloseable> T kept(String name, Supplier<T> make) {
        AutoCloseable there = CLIENTS.get(name);
        if (there == null) {
            T made = make.get();
            CLIENTS.put(name, made);
            return made;
        }
        @SuppressWarnings("unchecked")
        T client = (T) there;
        return client;
    }

    private static boolean fails(Use use) {
        boolean failed = !attempt(use.attempt()).isEmpty();
        if (failed) {
            drop(use.name());
        }
        return failed;
    }

    private static void drop(String name) {
        AutoCloseable client = CLIENTS.remove(name);
        if (client != null) {
            try {
                client.close();
            } catch (KafkaException refused) {
                // A client that may not do something says so once more when it is closed.
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
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

    private static List<String> read(Properties client, String topic) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                consumer(client, client.getProperty("group.id"))) {
            TopicPartition only = new TopicPartition(topic, 0);
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
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

    private static void publish(KafkaProducer<byte[], byte[]> producer, String topic)
            throws Exception {
        producer.send(
                        new ProducerRecord<>(
                                topic, new byte[1], "{}".getBytes(StandardCharsets.UTF_8)))
                .get();
    }

    private static KafkaProducer<byte[], byte[]> producer(Properties client) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.put("max.block.ms", "10000");
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void describe(Admin user, String topic) throws Exception {
        user.describeConfigs(List.of(new ConfigResource(ConfigResource.Type.TOPIC, topic)))
                .all()
                .get();
    }

    private static Map<String, String> settings(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().get(resource).entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(entry -> entry.name(), entry -> entry.value()));
    }

    /**
     * The Kafka properties of a FlinkDeployment or of the gateway as the job reads them, with
     * mounts where they are here.
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
        Map<String, String> here = new HashMap<>();
        settings.forEach((key, value) -> here.put(key, value.replace(MOUNT, directory.toString())));
        here.put("distillwatch.fingerprint.secret-file", directory.resolve("secret").toString());
        KafkaSettings kafka = DetectionOptions.read(Configuration.fromMap(here)).kafka();
        Properties properties = new Properties();
        properties.putAll(kafka.clientProperties());
        properties.put("bootstrap.servers", kafka.bootstrapServers());
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

    private static String transactions() {
        return settings().get("distillwatch.kafka.transactional-id-prefix");
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
                    """
                    #!/bin/sh
                    exec "%s/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m %s "$@"
                    """
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
        environment.put("CLASSPATH", kafkaClassPath());
        return Tool.run(directory, environment, "bash", files.resolve(name).toString());
    }

    /** Of this JVM what Kafka's tools need: a tool starts in half the time that way. */
    private static String kafkaClassPath() {
        String own =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(own.split(File.pathSeparator, -1))
                .filter(entry -> !NOT_KAFKA.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
