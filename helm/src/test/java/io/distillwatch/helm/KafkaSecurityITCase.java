package io.distillwatch.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.settings.DetectionOptions;
import io.distillwatch.settings.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.ResourceType;
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

    private static final KafkaUses USES = new KafkaUses();

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
        USES.close();
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
        try (KafkaProducer<byte[], byte[]> superUser = KafkaUses.producer(broker.admin())) {
            for (NewTopic topic : missing) {
                KafkaUses.publish(superUser, topic.name());
            }
        }
        admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
    }

    @Test
    void theAclsOfTheReadmeAreEnoughAndEachIsNecessary() throws Exception {
        List<AclBinding> all = ReadmeAcls.all();
        admin.createAcls(all).all().get();
        untilTheBrokerHas(all.get(all.size() - 1), 1);
        assertThat(uses().stream().filter(USES::fails)).isEmpty();

        List<String> unnecessary = new ArrayList<>();
        for (AclBinding acl : all) {
            admin.deleteAcls(List.of(acl.toFilter())).all().get();
            untilTheBrokerHas(acl, 0);
            // The first failure is enough; those come first that have to do with what was taken.
            String name = acl.pattern().name();
            Optional<KafkaUses.Use> missed =
                    uses().stream()
                            .sorted(Comparator.comparing(use -> !use.resources().contains(name)))
                            .filter(USES::fails)
                            .findFirst();
            if (missed.isEmpty()) {
                unnecessary.add(acl.toString());
            }
            admin.createAcls(List.of(acl)).all().get();
            untilTheBrokerHas(acl, 1);
            // It was this that was missed, and nothing else.
            missed.ifPresent(
                    use ->
                            assertThat(KafkaUses.attempt(use.attempt()))
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
            assertThat(KafkaUses.attempt(() -> KafkaUses.describe(guessing, "llm-exchanges")))
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

        Tool.Result created = scripts().run("topics.sh");
        assertThat(created.code()).as(created.output()).isZero();
        Tool.Result checked = scripts().run("check-topics.sh");
        assertThat(checked.code()).as(checked.output()).isZero();
        Tool.Result again = scripts().run("topics.sh");
        assertThat(again.code()).as(again.output()).isZero();
        Tool.Result published = scripts().run("publish-policy.sh");
        assertThat(published.code()).as(published.output()).isZero();

        Properties properties = clientProperties(JOB);
        properties.put("group.id", "distillwatch-policy");
        assertThat(read(properties, "detection-policy"))
                .contains(
                        Manifest.strings(scripts().tools().at("/data")).get("policy.json").strip());
        assertThat(settings("distillation-campaigns")).containsEntry("cleanup.policy", "compact");
        assertThat(settings("account-metrics"))
                .containsEntry("message.timestamp.type", "LogAppendTime");

        admin.deleteTopics(List.of("distillation-campaigns")).all().get();
        Tool.Result missing = scripts().run("check-topics.sh");
        assertThat(missing.code()).isNotZero();
        assertThat(missing.output()).contains("topic distillation-campaigns: not there");
    }

    /** An ACL is given to the controller and reaches the broker a moment later. */
    private static void untilTheBrokerHas(AclBinding acl, int count) {
        Awaitility.await()
                .until(() -> admin.describeAcls(acl.toFilter()).values().get().size() == count);
    }

    /** Everything that the release does with Kafka. */
    private static List<KafkaUses.Use> uses() {
        List<KafkaUses.Use> uses = new ArrayList<>();
        Properties job = clientProperties(JOB);
        Properties sql = clientProperties(SQL);
        uses.add(USES.read(job, "llm-exchanges", group()));
        uses.add(USES.read(job, "detection-policy", group() + "-policy"));
        uses.add(USES.publish(job, "detection-policy"));
        for (String topic : outputs()) {
            uses.add(USES.write(job, topic, transactions()));
        }
        for (String topic : topics()) {
            uses.add(USES.check(job, topic));
            uses.add(USES.read(sql, topic, group() + "-sql-1"));
        }
        return uses;
    }

    private static List<String> read(Properties client, String topic) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                KafkaUses.consumer(client, client.getProperty("group.id"))) {
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
        return manifest("FlinkDeployment/distillwatch").flinkConfiguration();
    }

    private static String group() {
        return settings().get("distillwatch.kafka.group-id");
    }

    private static String transactions() {
        return settings().get("distillwatch.kafka.transactional-id-prefix");
    }

    private static ToolScripts scripts() {
        return new ToolScripts(
                directory,
                MOUNT,
                manifest("ConfigMap/distillwatch-tools"),
                manifest("Job/distillwatch-topics"));
    }

    private static Manifest manifest(String title) {
        return rendered.stream()
                .filter(manifest -> manifest.title().equals(title))
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
}
