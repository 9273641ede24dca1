package io.distillwatch.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.distillwatch.output.OutputTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionOptionsTest {

    @TempDir Path dir;

    @Test
    void withoutAnyOptionDetectsAsTheReplayDoes() {
        JobSettings settings = read();

        assertThat(settings.detection()).isEqualTo(DetectionSettings.defaults());
        assertThat(settings.kafka().bootstrapServers()).isEqualTo("localhost:9092");
        assertThat(settings.kafka().exchangesTopic()).isEqualTo("llm-exchanges");
        assertThat(settings.kafka().delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
        for (OutputTopic topic : OutputTopic.values()) {
            assertThat(settings.kafka().topic(topic)).isEqualTo(topic.topicName());
        }
    }

    @Test
    void theDefaultAsDocumentedIsTheDefaultAsRead() {
        Configuration documented = new Configuration();
        DetectionOptions.options().stream()
                .filter(option -> !DetectionOptions.defaultText(option).isEmpty())
                .forEach(
                        option ->
                                documented.setString(
                                        option.key(), DetectionOptions.defaultText(option)));

        assertThat(DetectionOptions.read(documented)).isEqualTo(read());
    }

    @Test
    void everyOptionIsOneSentence() {
        assertThat(DetectionOptions.options())
                .allSatisfy(
                        option ->
                                assertThat(DetectionOptions.description(option))
                                        .matches("[A-Z][^|]*\\.")
                                        .doesNotContain(". "));
    }

    @Test
    void readsEachKind() {
        JobSettings settings =
                read(
                        "intake.prefix-length-ipv4=20",
                        "intake.max-record-size=1mb",
                        "intake.dead-letter-originals=false",
                        "time.pane=10 min",
                        "metrics.windows=10 min/10 min;1 d/30 min",
                        "kafka.delivery-guarantee=at-least-once",
                        "kafka.starting-offsets=latest",
                        "kafka.topic.account-metrics=a.m",
                        "kafka.properties.security.protocol=SASL_SSL");

        assertThat(settings.detection().intake().prefixLengthIpv4()).isEqualTo(20);
        assertThat(settings.detection().intake().maxRecordBytes()).isEqualTo(1 << 20);
        assertThat(settings.detection().intake().deadLetterOriginals()).isFalse();
        assertThat(settings.detection().time().pane()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.detection().windows())
                .containsExactly(
                        new DetectionSettings.Window(
                                Duration.ofMinutes(10), Duration.ofMinutes(10)),
                        new DetectionSettings.Window(Duration.ofDays(1), Duration.ofMinutes(30)));
        assertThat(settings.kafka().delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
        assertThat(settings.kafka().startingOffsets()).isEqualTo(StartingOffsets.LATEST);
        assertThat(settings.kafka().topic(OutputTopic.ACCOUNT_METRICS)).isEqualTo("a.m");
        assertThat(settings.kafka().properties())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("bootstrap.servers", "localhost:9092");
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        problems(
                        "intake.prefix-length-ipv4=33",
                        "time.pane=7 min",
                        "families.buckets=0",
                        "kafka.bootstrap-servers=broker",
                        "kafka.delivery-guarantee=twice",
                        "groups.max-acounts=5")
                .contains(
                        "distillwatch.time.pane = '7 min': allowed is a duration from 1 s to 1 d"
                                + " that divides a day",
                        "distillwatch.intake.prefix-length-ipv4 = '33': allowed is a whole number"
                                + " from 8 to 32",
                        "distillwatch.kafka.bootstrap-servers = 'broker': allowed is host:port,"
                                + " several by comma",
                        "distillwatch.kafka.delivery-guarantee = 'twice': allowed is exactly-once"
                                + " or at-least-once",
                        "distillwatch.groups.max-acounts: no such option; the nearest is"
                                + " distillwatch.groups.max-accounts")
                .hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    intake.prefix-length-ipv4   | many
                    intake.prefix-length-ipv6   | 8
                    intake.max-record-size      | 2gb
                    intake.dead-letter-originals| perhaps
                    time.pane                   | 0 s
                    time.pane                   | 7 min
                    time.max-out-of-orderness   | soon
                    time.idleness               | 2 d
                    metrics.windows             | 1 h
                    metrics.windows             | 1 h/7 min
                    metrics.windows             | 1 h/5 min/5 min
                    metrics.windows             | 0 s/5 min
                    families.buckets            | 0
                    families.min-accounts       | 1
                    groups.max-accounts         | -1
                    kafka.bootstrap-servers     | host:port
                    kafka.bootstrap-servers     | one:9092 two:9092
                    kafka.starting-offsets      | yesterday
                    kafka.transaction-timeout   | 1 s
                    kafka.replication-factor    | 0
                    kafka.topic.account-metrics | a/b
                    kafka.topic.account-metrics | llm-exchanges
                    kafka.properties-file       | /nowhere/secret.properties
                    fingerprint.secret-file     | /nowhere/secret
                    """)
    void refusesWithKeyValueAndWhatIsAllowed(String key, String value) {
        problems(key + "=" + value)
                .singleElement()
                .asString()
                .startsWith("distillwatch." + key + " = '" + value + "': allowed is ");
    }

    @Test
    void aSecretStaysOutOfTheMessage() {
        problems("fingerprint.secret=  ")
                .containsExactly(
                        "distillwatch.fingerprint.secret = '******': allowed is a text that is not"
                                + " empty");
    }

    @Test
    void theSecretMayStandInAFile() throws IOException {
        Path file = Files.writeString(dir.resolve("secret"), "s3cret\n");

        assertThat(read("fingerprint.secret-file=" + file).detection().intake().fingerprintSecret())
                .isEqualTo("s3cret");
    }

    @Test
    void anEmptySecretFileIsRefused() throws IOException {
        Path file = Files.writeString(dir.resolve("secret"), "\n");

        problems("fingerprint.secret-file=" + file)
                .singleElement()
                .asString()
                .contains("not empty");
    }

    @Test
    void clientPropertiesOfAFileGiveWayToOptions() throws IOException {
        Path file =
                Files.writeString(
                        dir.resolve("client.properties"),
                        "sasl.jaas.config=x y;\nsecurity.protocol=PLAINTEXT\n");

        assertThat(
                        read(
                                        "kafka.properties-file=" + file,
                                        "kafka.properties.security.protocol=SASL_SSL")
                                .kafka()
                                .clientProperties())
                .isEqualTo(Map.of("sasl.jaas.config", "x y;", "security.protocol", "SASL_SSL"));
    }

    /** A tree of keys, as Flink 2 writes one, cannot hold config.providers itself beside them. */
    @Test
    void configProvidersAreNamedByTheirDefinitions() throws IOException {
        assertThat(
                        read(
                                        "kafka.properties.config.providers.env.class=E",
                                        "kafka.properties.config.providers.dir.class=D",
                                        "kafka.properties.config.providers.dir.param.allowed.paths=/x")
                                .kafka()
                                .clientProperties())
                .containsEntry("config.providers", "dir,env");
    }

    @Test
    void whatAnOptionSetsIsNoClientProperty() {
        problems("kafka.properties.group.id=mine")
                .containsExactly(
                        "distillwatch.kafka.properties.group.id = 'mine': allowed is only by"
                                + " distillwatch.kafka.group-id");
    }

    @Test
    void keysOfOthersAreLeftAlone() {
        Configuration configuration = new Configuration();
        configuration.setString("state.backend.type", "rocksdb");

        assertThat(DetectionOptions.read(configuration)).isEqualTo(read());
    }

    @Test
    void theTableHasARowForEachOption() {
        assertThat(OptionsTable.markdown().lines())
                .hasSize(2 + DetectionOptions.options().size())
                .allMatch(line -> line.matches("\\|[^|]*\\|[^|]*\\|[^|]*\\|"))
                .contains(
                        "| `distillwatch.metrics.windows` | `5 min/5 min; 1 h/5 min; 1 d/1 h` |"
                                + " Windows of the account and prefix metrics as size/slide, in"
                                + " whole panes. |");
    }

    private static JobSettings read(String... options) {
        return DetectionOptions.read(configuration(options));
    }

    private static ListAssert<String> problems(String... options) {
        Configuration configuration = configuration(options);
        return assertThatThrownBy(() -> DetectionOptions.read(configuration))
                .asInstanceOf(type(SettingsException.class))
                .extracting(SettingsException::problems, list(String.class));
    }

    private static Configuration configuration(String... options) {
        Configuration configuration = new Configuration();
        for (String option : List.of(options)) {
            int equals = option.indexOf('=');
            configuration.setString(
                    "distillwatch." + option.substring(0, equals), option.substring(equals + 1));
        }
        return configuration;
    }
}
