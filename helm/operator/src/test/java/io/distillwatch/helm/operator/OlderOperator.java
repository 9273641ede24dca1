package io.distillwatch.helm.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;

/**
 * Rendered FlinkDeployments as an operator reads them that knows Flink up to 1.18, the newest that
 * resolves: what is substituted, and nothing else.
 */
final class OlderOperator {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern DOCUMENT = Pattern.compile("(?m)^---$");

    /** Two neighbours stand for two neighbours, so that an upgrade from one to the other is one. */
    private static final Map<String, String> VERSIONS = Map.of("v2_2", "v1_17", "v2_3", "v1_18");

    private static final Map<String, String> FORMER_NAMES =
            Map.of(
                    "execution.checkpointing.dir", "state.checkpoints.dir",
                    "execution.checkpointing.savepoint-dir", "state.savepoints.dir",
                    "high-availability.type", "high-availability",
                    "restart-strategy.type", "restart-strategy",
                    "state.backend.type", "state.backend");

    private OlderOperator() {}

    /** The FlinkDeployments of a rendered chart: the job first, then the SQL session. */
    static List<FlinkDeployment> read(String rendered) {
        return Stream.of(DOCUMENT.split(rendered, -1))
                .map(OlderOperator::json)
                .filter(json -> json.path("kind").asText().equals("FlinkDeployment"))
                .map(OlderOperator::deployment)
                .sorted(Comparator.comparing(deployment -> deployment.getMetadata().getName()))
                .toList();
    }

    private static FlinkDeployment deployment(JsonNode json) {
        ObjectNode spec = (ObjectNode) json.path("spec");
        String version = spec.path("flinkVersion").asText();
        assertThat(VERSIONS).containsKey(version);
        spec.put("flinkVersion", VERSIONS.get(version));
        ObjectNode settings = (ObjectNode) spec.path("flinkConfiguration");
        FORMER_NAMES.forEach(
                (newer, older) -> {
                    if (settings.has(newer)) {
                        settings.set(older, settings.remove(newer));
                    }
                });
        try {
            return YAML.treeToValue(json, FlinkDeployment.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonNode json(String document) {
        try {
            JsonNode json = YAML.readTree(document);
            return json == null ? YAML.createObjectNode() : json;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(document, e);
        }
    }
}
