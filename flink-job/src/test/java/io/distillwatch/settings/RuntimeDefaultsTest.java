package io.distillwatch.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class RuntimeDefaultsTest {

    private static final String COMPRESSION = "state.backend.rocksdb.compression.per.level";

    @Test
    void standInForAClusterThatSaysNothing() {
        assertThat(over(Map.of()))
                .containsEntry("state.backend.type", "rocksdb")
                .containsEntry("execution.checkpointing.incremental", "true")
                .containsEntry("execution.checkpointing.interval", "30 s")
                .containsEntry(COMPRESSION, "LZ4_COMPRESSION")
                .containsEntry("state.backend.rocksdb.use-bloom-filter", "true")
                .containsEntry("pipeline.max-parallelism", "720");
    }

    @Test
    void giveWayToTheCluster() {
        assertThat(
                        over(
                                Map.of(
                                        "state.backend.type",
                                        "hashmap",
                                        "execution.checkpointing.interval",
                                        "5 s",
                                        COMPRESSION,
                                        "NO_COMPRESSION",
                                        "pipeline.max-parallelism",
                                        "128")))
                .containsEntry("state.backend.type", "hashmap")
                .containsEntry("execution.checkpointing.interval", "5 s")
                .containsEntry(COMPRESSION, "NO_COMPRESSION")
                .containsEntry("pipeline.max-parallelism", "128");
    }

    @Test
    void insistOnUidsAndOnSerializersThatCanBeMigrated() {
        assertThat(
                        over(
                                Map.of(
                                        "pipeline.generic-types", "true",
                                        "pipeline.auto-generate-uids", "true")))
                .containsEntry("pipeline.generic-types", "false")
                .containsEntry("pipeline.auto-generate-uids", "false");
    }

    @Test
    void keepTheJobsOwnKeysOutOfWhatFlinkShows() {
        assertThat(over(Map.of("distillwatch.kafka.properties.sasl.jaas.config", "secret")))
                .doesNotContainKey("distillwatch.kafka.properties.sasl.jaas.config");
    }

    @Test
    void aTransactionMustOutliveTwoCheckpoints() {
        Configuration slow =
                RuntimeDefaults.over(
                        Configuration.fromMap(Map.of("execution.checkpointing.interval", "5 min")));

        assertThatThrownBy(() -> RuntimeDefaults.check(slow, kafka(Map.of())))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(
                        "distillwatch.kafka.transaction-timeout = '10 min': allowed is more than"
                                + " twice execution.checkpointing.interval, which is '5 min'");
        assertThatCode(
                        () ->
                                RuntimeDefaults.check(
                                        slow,
                                        kafka(
                                                Map.of(
                                                        "distillwatch.kafka.delivery-guarantee",
                                                        "at-least-once"))))
                .doesNotThrowAnyException();
    }

    private static KafkaSettings kafka(Map<String, String> options) {
        return DetectionOptions.read(Configuration.fromMap(options)).kafka();
    }

    private static Map<String, String> over(Map<String, String> configured) {
        return RuntimeDefaults.over(Configuration.fromMap(configured)).toMap();
    }
}
