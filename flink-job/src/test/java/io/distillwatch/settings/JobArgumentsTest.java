package io.distillwatch.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobArgumentsTest {

    @TempDir Path dir;

    @Test
    void takesEachWayToSayIt() {
        assertThat(
                        JobArguments.parse(
                                        "--kafka.group-id",
                                        "a",
                                        "--distillwatch.time.pane=1 min",
                                        "-Dexecution.checkpointing.interval=10 s",
                                        "-D",
                                        "distillwatch.kafka.partitions=3")
                                .overrides()
                                .toMap())
                .isEqualTo(
                        Map.of(
                                "distillwatch.kafka.group-id", "a",
                                "distillwatch.time.pane", "1 min",
                                "execution.checkpointing.interval", "10 s",
                                "distillwatch.kafka.partitions", "3"));
    }

    @Test
    void theCommandLineWinsOverTheFileAndTheFileOverTheCluster() throws IOException {
        Path file =
                Files.writeString(
                        dir.resolve("job.properties"),
                        "distillwatch.kafka.group-id=file\ndistillwatch.kafka.partitions=5\n");

        assertThat(
                        JobArguments.parse("--kafka.group-id", "line", "--config", file.toString())
                                .over(
                                        Map.of(
                                                "distillwatch.kafka.partitions", "7",
                                                "distillwatch.kafka.group-id", "cluster",
                                                "parallelism.default", "2"))
                                .toMap())
                .isEqualTo(
                        Map.of(
                                "distillwatch.kafka.partitions", "5",
                                "distillwatch.kafka.group-id", "line",
                                "parallelism.default", "2"));
    }

    @Test
    void readsYamlNestedOrFlat() throws IOException {
        Path file =
                Files.writeString(
                        dir.resolve("job.yaml"),
                        """
                        distillwatch:
                          kafka:
                            group-id: nested
                          metrics.windows: [1 h/5 min, 1 d/1 h]
                        distillwatch.time.pane: 1 min
                        """);

        JobSettings settings =
                DetectionOptions.read(
                        JobArguments.parse("--config", file.toString()).over(Map.of()));

        assertThat(settings.kafka().groupId()).isEqualTo("nested");
        assertThat(settings.detection().windows()).hasSize(2);
        assertThat(settings.detection().time().pane()).hasMinutes(1);
    }

    @Test
    void helpIsNoSetting() {
        assertThat(JobArguments.parse("--help").help()).isTrue();
        assertThat(JobArguments.parse("-h").help()).isTrue();
        assertThat(JobArguments.parse().help()).isFalse();
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        assertThatThrownBy(
                        () ->
                                JobArguments.parse(
                                        "stray", "-Dnothing", "--config=/nowhere.yaml", "--last"))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        """
                        4 options are wrong:
                          'stray': allowed is --key value, --key=value or -Dkey=value
                          '-Dnothing': allowed is -Dkey=value
                          --config = '/nowhere.yaml': allowed is the path of a YAML file that can be read
                          --last: needs a value: --last VALUE""");
    }
}
