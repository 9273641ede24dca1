package io.distillwatch.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts as Prometheus' own tool judges them. */
class AlertsITCase {

    private static final Path TESTS = Path.of("src/test/resources/alerts/alerts-test.yaml");

    @TempDir private Path directory;

    @BeforeEach
    void prometheusIsThere() {
        Tool.needPrometheus();
    }

    @Test
    void areRulesThatPrometheusReads() throws IOException {
        write(rules());

        Tool.Result result = promtool("check", "rules", "rules.yml");

        assertThat(result.code()).as(result.output()).isZero();
        assertThat(result.output()).contains(alerts().size() + " rules found");
    }

    @Test
    void fireWhenTheyShouldAndKeepStillOtherwise() throws IOException {
        write(rules());

        Tool.Result result = promtool("test", "rules", "alerts-test.yaml");

        assertThat(result.code()).as(result.output()).isZero();
    }

    /** An alert that never fires again is noticed, each of them. */
    @Test
    void areMissedWhenTheyAreBroken() throws IOException {
        JsonNode rules = rules();
        alerts(rules).forEach(rule -> ((ObjectNode) rule).put("expr", "vector(0) > 1"));
        write(rules);

        Tool.Result result = promtool("test", "rules", "alerts-test.yaml");

        assertThat(result.code()).isNotZero();
        for (JsonNode rule : alerts(rules)) {
            assertThat(result.output())
                    .contains("alertname=\\\"%s\\\"".formatted(rule.path("alert").asText()));
        }
    }

    @Test
    void eachHasARunbookAndSaysWhere() throws IOException {
        String readme = Files.readString(Chart.DIRECTORY.resolve("README.md"));

        for (JsonNode alert : alerts()) {
            String name = alert.path("alert").asText();
            assertThat(readme.lines()).as(name).contains("### " + name);
            assertThat(alert.at("/annotations/runbook_url").asText())
                    .endsWith("README.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
            assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
        }
        List<String> runbooks =
                readme.lines().filter(line -> line.startsWith("### Distillwatch")).toList();
        assertThat(runbooks).hasSize(alerts().size());
    }

    private Tool.Result promtool(String... arguments) {
        return Tool.run(
                directory,
                Map.of(),
                Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toArray(String[]::new));
    }

    /** JSON is YAML. */
    private void write(JsonNode rules) throws IOException {
        Files.writeString(directory.resolve("rules.yml"), rules.toString());
        Files.writeString(directory.resolve("alerts-test.yaml"), Files.readString(TESTS));
    }

    private static JsonNode rules() {
        return Manifest.parse(Chart.production().text()).stream()
                .filter(manifest -> manifest.kind().equals("PrometheusRule"))
                .findFirst()
                .orElseThrow()
                .at("/spec");
    }

    private static List<JsonNode> alerts() {
        return alerts(rules());
    }

    private static List<JsonNode> alerts(JsonNode rules) {
        return rules.findParents("alert");
    }
}
