package io.distillwatch.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.kafka.KafkaTopics;
import io.distillwatch.output.OutputTopic;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.policy.PolicyParser;
import io.distillwatch.settings.DetectionOptions;
import io.distillwatch.settings.JobSettings;
import io.distillwatch.settings.RuntimeDefaults;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart says what the job understands, all of it, and the same where neither was told. */
class JobAgreementTest {

    /** Said in another way: a secret by file, client properties one by one. */
    private static final Set<String> SAID_OTHERWISE =
            Set.of(
                    "distillwatch.fingerprint.secret",
                    "distillwatch.kafka.properties-file",
                    "distillwatch.kafka.properties");

    @TempDir private Path directory;

    @Test
    void everyOptionOfTheJobCanBeSetAndNoOther() {
        Set<String> rendered =
                Chart.minimal().job().flinkConfiguration().keySet().stream()
                        .filter(key -> key.startsWith(DetectionOptions.PREFIX))
                        .filter(key -> !key.startsWith(DetectionOptions.CLIENT_PREFIX))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> options =
                DetectionOptions.options().stream()
                        .map(ConfigOption::key)
                        .filter(key -> !SAID_OTHERWISE.contains(key))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(rendered).isEqualTo(options);
    }

    @ParameterizedTest
    @MethodSource("io.distillwatch.helm.ValuesMatrix#all")
    void theJobReadsWhatTheChartRenders(Chart chart) throws Exception {
        for (Manifest manifest : chart.render()) {
            if (manifest.kind().equals("FlinkDeployment") && manifest.at("/spec/job").isObject()) {
                Configuration configuration = withSecret(manifest);

                JobSettings settings = DetectionOptions.read(configuration);

                RuntimeDefaults.check(configuration, settings.kafka());
            }
        }
    }

    /** As the operator writes it: a tree, from which the job reads what was rendered. */
    @ParameterizedTest
    @MethodSource("io.distillwatch.helm.ValuesMatrix#all")
    void theConfigurationIsATree(Chart chart) throws Exception {
        for (Manifest manifest : chart.render()) {
            if (manifest.kind().equals("FlinkDeployment")) {
                Configuration flat = withSecret(manifest);
                Path file = directory.resolve("config.yaml");
                Files.write(file, ConfigurationUtils.convertConfigToWritableLines(flat, false));

                Configuration read = GlobalConfiguration.loadConfiguration(directory.toString());

                assertThat(read.toMap()).isEqualTo(flat.toMap());
                if (manifest.at("/spec/job").isObject()) {
                    assertThat(DetectionOptions.read(read)).isEqualTo(DetectionOptions.read(flat));
                }
            }
        }
    }

    /** Without a line of its own for Kafka, the SQL session is told what the job is told. */
    @Test
    void theSqlSessionReadsTheSameOptions() throws Exception {
        Map<String, String> settings =
                Manifest.strings(
                        Manifest.yaml(
                                Chart.production()
                                        .render("ConfigMap", "distillwatch-sql-gateway")
                                        .at("/data/config.yaml")
                                        .asText()));
        settings.put("distillwatch.fingerprint.secret-file", secret().toString());

        JobSettings session = DetectionOptions.read(Configuration.fromMap(settings));

        JobSettings job = DetectionOptions.read(withSecret(Chart.production().job()));
        assertThat(session.detection().intake()).isEqualTo(job.detection().intake());
        assertThat(session.kafka().exchangesTopic()).isEqualTo(job.kafka().exchangesTopic());
        assertThat(session.kafka().properties())
                .containsEntry("bootstrap.servers", "main-kafka-bootstrap.kafka.svc:9093")
                .hasEntrySatisfying(
                        "sasl.jaas.config",
                        jaas ->
                                assertThat(jaas.toString())
                                        .contains("username=\"distillwatch-sql\""));
        // What init.sql sets for a session, the gateway sets for all.
        assertThat(settings)
                .containsEntry("table.local-time-zone", "UTC")
                .containsEntry("execution.runtime-mode", "batch");
    }

    @Test
    void defaultsOfTheChartAreThoseOfTheJob() throws Exception {
        Configuration job = new Configuration();
        job.setString("distillwatch.fingerprint.secret-file", secret().toString());

        assertThat(DetectionOptions.read(withSecret(Chart.minimal().job())).detection())
                .isEqualTo(DetectionOptions.read(job).detection());
    }

    @Test
    void aValueReachesTheJob() throws Exception {
        Chart chart =
                Chart.minimal()
                        .values(
                                """
                                options:
                                  time: {pane: 1 min}
                                  families: {min-accounts: 1000000}
                                  metrics: {windows: [10 min/1 min]}
                                topics: {list: {llm-exchanges: {name: gateway-log}}}
                                """);

        JobSettings settings = DetectionOptions.read(withSecret(chart.job()));

        assertThat(settings.detection().time().pane()).hasMinutes(1);
        assertThat(settings.detection().families().minAccounts()).isEqualTo(1_000_000);
        assertThat(settings.detection().windows()).hasSize(1);
        assertThat(settings.kafka().exchangesTopic()).isEqualTo("gateway-log");
    }

    @Test
    void topicsAreMadeAsTheJobWouldMakeThem() throws Exception {
        Map<String, Manifest> topics =
                Chart.production()
                        .values("topics: {list: {llm-exchanges: {create: true}}}")
                        .render()
                        .stream()
                        .filter(manifest -> manifest.kind().equals("KafkaTopic"))
                        .collect(Collectors.toMap(Manifest::name, manifest -> manifest));
        JobSettings settings = DetectionOptions.read(withSecret(Chart.minimal().job()));

        for (KafkaTopics.Plan plan : KafkaTopics.forService(settings.kafka())) {
            assertThat(Manifest.strings(topics.get(plan.name()).at("/spec/config")))
                    .as(plan.name())
                    .containsAllEntriesOf(plan.config());
        }
        assertThat(topics).hasSize(OutputTopic.values().length + 2);
    }

    /** Refused and late records carry the original in base64, within a JSON object. */
    @Test
    void deadLettersHaveRoomForTheLargestRecord() throws Exception {
        JobSettings settings = DetectionOptions.read(withSecret(Chart.minimal().job()));
        int largest = settings.detection().intake().maxRecordBytes();
        Map<String, String> config =
                Manifest.strings(
                        Chart.production()
                                .render("KafkaTopic", "exchanges-dead-letter")
                                .at("/spec/config"));

        assertThat(Integer.parseInt(config.get("max.message.bytes")))
                .isGreaterThan(largest / 3 * 4 + 65_536);
    }

    @Test
    void thePolicyOfTheChartIsTheJobsOwn() throws Exception {
        DetectionPolicy policy = policy(Chart.minimal());

        assertThat(policy.version()).isEqualTo("chart-1");
        assertThat(policy)
                .usingRecursiveComparison()
                .ignoringFields("version")
                .isEqualTo(DetectionPolicy.defaults());
    }

    /** Every field of a policy can be set in the values, and means in the job what it says. */
    @Test
    void everyFieldOfAPolicyReachesTheJob() throws Exception {
        DetectionPolicy policy =
                policy(
                        Chart.minimal()
                                .values(
                                        """
                                        policy:
                                          document:
                                            version: v7
                                            flag_threshold: 0.75
                                            min_accounts: 5
                                            min_exchanges: 1000000
                                            min_member_exchanges: 3
                                            required_axes: 2
                                            close_after_hours: 24
                                            weights: {work_partition: 2}
                                            allow:
                                              accounts: [a]
                                              organizations: [o]
                                              prefixes: [203.0.113.0/24]
                                              families: [f]
                                              clients: [c]
                                            verdicts:
                                              - {campaign_id: x, verdict: DISMISSED, reason: load test}
                                        """));

        assertThat(policy.version()).isEqualTo("v7");
        assertThat(policy.flagThreshold()).isEqualTo(0.75);
        assertThat(policy.minExchanges()).isEqualTo(1_000_000);
        assertThat(policy.allow().prefixes()).containsExactly("203.0.113.0/24");
        assertThat(policy.verdicts()).hasSize(1);
        assertThat(policy).hasNoNullFieldsOrProperties();
    }

    private static DetectionPolicy policy(Chart chart) throws Exception {
        String json =
                chart.render("ConfigMap", "distillwatch-tools").at("/data/policy.json").asText();
        assertThat(json.strip()).as("one record is one line").doesNotContain("\n");
        return PolicyParser.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private Configuration withSecret(Manifest job) throws Exception {
        Map<String, String> settings = new HashMap<>(job.flinkConfiguration());
        settings.put("distillwatch.fingerprint.secret-file", secret().toString());
        return Configuration.fromMap(settings);
    }

    private Path secret() throws Exception {
        return Files.writeString(directory.resolve("secret"), "of the test\n");
    }
}
