package io.distillwatch.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The three worked profiles, manifest by manifest. A change of a template shows here as a change of
 * what is deployed; {@code HELM_GOLDEN_WRITE=1} in the environment writes the files anew.
 */
class ProfilesTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "production", "large"})
    void renderAsReviewed(String profile) throws IOException {
        Path golden = GOLDEN.resolve(profile + ".yaml");
        String rendered = withoutSql(ValuesMatrix.charts().get(profile).text());
        if (System.getenv("HELM_GOLDEN_WRITE") != null) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, rendered);
        }

        assertThat(rendered)
                .as(
                        "differs from %s; if it should, run with HELM_GOLDEN_WRITE=1 in the"
                                + " environment",
                        golden)
                .isEqualTo(Files.readString(golden));
    }

    /** What analysts' files say is reviewed where they lie: their ConfigMap, names and digest. */
    private static String withoutSql(String rendered) {
        return Arrays.stream(rendered.split("(?m)^---\n", -1))
                .filter(document -> !document.contains("\n  name: distillwatch-sql-files\n"))
                .flatMap(document -> ("---\n" + document).lines())
                .filter(line -> !line.strip().matches("(- key|path): \\S+\\.sql"))
                .filter(line -> !line.strip().startsWith("checksum/files: "))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @ParameterizedTest
    @MethodSource("io.distillwatch.helm.ValuesMatrix#all")
    void renderTheSameTwice(Chart chart) {
        assertThat(chart.renderAnew()).isEqualTo(chart.text());
    }

    @Test
    void needOnlyBrokersAndASecretToStart() {
        assertThat(Chart.chart().refusal()).contains("kafka.bootstrapServers: name the brokers");
        assertThat(Chart.chart().values("kafka: {bootstrapServers: 'kafka:9092'}").refusal())
                .contains("fingerprint.existingSecret: name a Secret");
        assertThat(
                        Chart.chart()
                                .values(
                                        """
                                        kafka: {bootstrapServers: 'kafka:9092'}
                                        fingerprint: {existingSecret: key}
                                        """)
                                .render())
                .isNotEmpty();
    }

    @Test
    void turnObjectsOnAndOff() {
        Map<String, Chart> charts = ValuesMatrix.charts();

        assertThat(charts.get("minimal with everything off").render())
                .extracting(Manifest::kind)
                .containsExactlyInAnyOrder("PersistentVolumeClaim", "ServiceAccount", "ConfigMap");
        assertThat(charts.get("minimal with everything on").render())
                .extracting(Manifest::kind)
                .contains(
                        "FlinkDeployment",
                        "Deployment",
                        "Service",
                        "Job",
                        "Pod",
                        "NetworkPolicy",
                        "PodDisruptionBudget",
                        "PodMonitor",
                        "PrometheusRule",
                        "Role",
                        "RoleBinding",
                        "ServiceAccount",
                        "ConfigMap",
                        "PersistentVolumeClaim");
        assertThat(charts.get("production").render())
                .extracting(Manifest::kind)
                .contains("KafkaTopic")
                .doesNotContain("PersistentVolumeClaim");
    }
}
