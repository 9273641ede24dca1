package io.distillwatch.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One rendered Kubernetes object. */
record Manifest(JsonNode json) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** The objects of a stream of YAML documents, empty ones left out. */
    static List<Manifest> parse(String yaml) {
        try (YAMLParser parser = new YAMLFactory().createParser(yaml)) {
            List<Manifest> manifests = new ArrayList<>();
            YAML.readValues(parser, JsonNode.class)
                    .forEachRemaining(
                            json -> {
                                if (json != null && json.isObject()) {
                                    manifests.add(new Manifest(json));
                                }
                            });
            return manifests;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String kind() {
        return json.path("kind").asText();
    }

    String name() {
        return json.path("metadata").path("name").asText();
    }

    /** Kind and name, for messages. */
    String title() {
        return kind() + "/" + name();
    }

    /** The node at a JSON pointer; missing if there is none. */
    JsonNode at(String pointer) {
        return json.at(pointer);
    }

    /** The strings of an object node. */
    static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> strings.put(entry.getKey(), entry.getValue().asText()));
        return strings;
    }

    /**
     * Templates and specs of all pods that this object makes, by where they stand in it. The
     * operator's are those of JobManager and TaskManager.
     */
    Map<String, JsonNode> pods() {
        Map<String, JsonNode> pods = new LinkedHashMap<>();
        switch (kind()) {
            case "FlinkDeployment" -> {
                pods.put("jobManager", at("/spec/jobManager/podTemplate"));
                pods.put("taskManager", at("/spec/taskManager/podTemplate"));
            }
            case "Deployment", "Job" -> pods.put("template", at("/spec/template"));
            case "Pod" -> pods.put("pod", json);
            default -> {
                // Makes none.
            }
        }
        return pods;
    }

    /** Of a FlinkDeployment. */
    Map<String, String> flinkConfiguration() {
        return strings(at("/spec/flinkConfiguration"));
    }

    static JsonNode yaml(String text) {
        try {
            JsonNode node = YAML.readTree(text);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public String toString() {
        return title();
    }
}
