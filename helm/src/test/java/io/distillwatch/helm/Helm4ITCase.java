package io.distillwatch.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart under Helm 4: accepted as strictly as Helm can, and rendered as Helm 3 renders it. */
class Helm4ITCase {

    @TempDir private Path directory;

    @ParameterizedTest
    @MethodSource("io.distillwatch.helm.ValuesMatrix#profiles")
    void lintFindsNothing(Chart chart) {
        Tool.Result result = helm(chart, "lint", "--strict", Chart.DIRECTORY.toString());

        assertThat(result.code()).as(result.output()).isZero();
        assertThat(result.output()).contains("0 chart(s) failed").doesNotContain("[WARNING]");
    }

    /** Hooks, too, which Helm in the JVM only renders from a copy without their annotations. */
    @ParameterizedTest
    @MethodSource("io.distillwatch.helm.ValuesMatrix#all")
    void rendersWhatHelm3Renders(Chart chart) {
        Tool.Result result = template(chart, Chart.DIRECTORY.toString());

        assertThat(result.code()).as(result.output()).isZero();
        assertThat(objects(Manifest.parse(stripNotices(result.output()))))
                .isEqualTo(objects(chart.render()));
    }

    @Test
    void aPackageHoldsAllThatTheDirectoryLinksTo() throws Exception {
        Tool.Result packed =
                Helm4.run(
                        directory,
                        "package",
                        Chart.DIRECTORY.toString(),
                        "-d",
                        directory.toString());
        assertThat(packed.code()).as(packed.output()).isZero();
        Path archive = directory.resolve("distillwatch-0.1.0.tgz");
        assertThat(archive).exists();

        String files = Tool.run(directory, Map.of(), "tar", "-tzf", archive.toString()).output();
        assertThat(files)
                .contains("distillwatch/files/sql/init.sql")
                .doesNotContain("/pom.xml", "/target/", ".java");
        Tool.Result fromPackage = template(Chart.production(), archive.toString());
        assertThat(objects(Manifest.parse(stripNotices(fromPackage.output()))))
                .isEqualTo(objects(Chart.production().render()));
        assertThat(Files.size(archive)).isLessThan(1 << 20);
    }

    /** Strimzi 1.0 and later serve only v1; Helm in the JVM cannot be told what is served. */
    @Test
    void topicsAreOfTheVersionThatTheClusterServes() {
        Tool.Result result =
                helm(
                        Chart.production(),
                        "template",
                        Chart.RELEASE,
                        Chart.DIRECTORY.toString(),
                        "--api-versions",
                        "kafka.strimzi.io/v1");

        assertThat(result.code()).as(result.output()).isZero();
        assertThat(Manifest.parse(stripNotices(result.output())))
                .filteredOn(manifest -> manifest.kind().equals("KafkaTopic"))
                .isNotEmpty()
                .allSatisfy(
                        topic ->
                                assertThat(topic.at("/apiVersion").asText())
                                        .isEqualTo("kafka.strimzi.io/v1"));
    }

    @Test
    void refusesWithThePath() {
        Tool.Result result =
                template(
                        Chart.minimal().values("kafka: {bootstrap: x}"),
                        Chart.DIRECTORY.toString());

        assertThat(result.code()).isNotZero();
        assertThat(result.output())
                .contains("at '/kafka': additional properties 'bootstrap' not allowed");
    }

    /**
     * An upgrade of the chart with the values of the release: nothing but what was changed moves.
     */
    @Test
    void anUpgradeChangesOnlyWhatItsValuesSay() {
        Map<String, JsonNode> before = objects(Chart.production().render());
        Map<String, JsonNode> after =
                objects(Chart.production().values("image: {tag: 0.1.1}").render());

        assertThat(after.keySet()).isEqualTo(before.keySet());
        assertThat(after.keySet().stream().filter(key -> !after.get(key).equals(before.get(key))))
                .containsExactlyInAnyOrder(
                        "FlinkDeployment/distillwatch",
                        "FlinkDeployment/distillwatch-sql",
                        "Deployment/distillwatch-sql-gateway",
                        "Pod/distillwatch-test-job",
                        "Pod/distillwatch-test-sql");
        assertThat(after.get("FlinkDeployment/distillwatch").at("/spec/job"))
                .isEqualTo(before.get("FlinkDeployment/distillwatch").at("/spec/job"));
    }

    private Tool.Result template(Chart chart, String where) {
        return helm(
                chart,
                "template",
                Chart.RELEASE,
                where,
                "--namespace",
                Chart.NAMESPACE,
                "--kube-version",
                "1.31.0");
    }

    private Tool.Result helm(Chart chart, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        chart.valuesFiles()
                .forEach(
                        file -> {
                            all.add("-f");
                            all.add(file.toString());
                        });
        return Helm4.run(directory, all.toArray(String[]::new));
    }

    /** Helm says on the error stream that files/sql is a link. */
    private static String stripNotices(String output) {
        return output.lines()
                .filter(line -> !line.startsWith("level="))
                .reduce("", (text, line) -> text + line + "\n");
    }

    private static Map<String, JsonNode> objects(List<Manifest> manifests) {
        Map<String, JsonNode> objects = new TreeMap<>();
        for (Manifest manifest : manifests) {
            assertThat(objects.put(manifest.title(), manifest.json()))
                    .as("twice: " + manifest.title())
                    .isNull();
        }
        return objects;
    }
}
