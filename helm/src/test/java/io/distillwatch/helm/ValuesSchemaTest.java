package io.distillwatch.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that cannot be right are refused before anything is rendered, with the path to them. */
class ValuesSchemaTest {

    /** Names only what it decides: the rest is the job's, whose defaults change with it. */
    private static final String POLICY = "/policy/document";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "kafka: {bootstrap: 'kafka:9092'}             | at '/kafka': additional properties"
                        + " 'bootstrap' not allowed",
                "jobs: {parallelism: 3}                       | additional properties 'jobs' not"
                        + " allowed",
                "job: {parallelism: two}                      | at '/job/parallelism': got string,"
                        + " want integer",
                "job: {parallelism: 0}                        | at '/job/parallelism': minimum: got"
                        + " 0, want 1",
                "job: {upgradeMode: laststate}                | at '/job/upgradeMode': value must"
                        + " be one of",
                "job: {jarURI: 'https://example.com/x.jar'}   | at '/job/jarURI':"
                        + " 'https://example.com/x.jar' does not match pattern",
                "image: {tag: latest}                         | at '/image/tag': 'not' failed",
                "image: {tag: 1}                              | at '/image/tag': got number, want"
                        + " string",
                "image: {digest: sha256:abc}                  | at '/image/digest': 'sha256:abc'"
                        + " does not match pattern",
                "fullnameOverride: Distillwatch               | at '/fullnameOverride':"
                        + " 'Distillwatch' does not match pattern",
                "flink: {version: '2.3'}                      | at '/flink/version': '2.3' does not"
                        + " match pattern",
                "kafka: {bootstrapServers: kafka}             | at '/kafka/bootstrapServers':"
                        + " 'kafka' does not match pattern",
                "kafka: {security: {protocol: TLS}}           | at '/kafka/security/protocol':"
                        + " value must be one of",
                "kafka: {security: {sasl: {password: x}}}     | at '/kafka/security/sasl':"
                        + " additional properties 'password' not allowed",
                "kafka: {transactionTimeout: 10 minutes ago}  | at '/kafka/transactionTimeout': '10"
                        + " minutes ago' does not match pattern",
                "fingerprint: {secret: hunter2}               | at '/fingerprint': additional"
                        + " properties 'secret' not allowed",
                "options: {time: {pain: 5 min}}               | at '/options/time': additional"
                        + " properties 'pain' not allowed",
                "options: {time: {pane: soon}}                | at '/options/time/pane': 'soon'"
                        + " does not match pattern",
                "options: {intake: {prefix-length-ipv4: 33}}  | at"
                        + " '/options/intake/prefix-length-ipv4': maximum: got 33, want 32",
                "options: {metrics: {windows: [1 h]}}         | at '/options/metrics/windows/0': '1"
                        + " h' does not match pattern",
                "topics: {list: {exchanges: {}}}              | at '/topics/list': additional"
                        + " properties 'exchanges' not allowed",
                "topics: {manage: maybe}                      | at '/topics/manage': value must be"
                        + " one of",
                "policy: {document: {min_acounts: 3}}         | at '/policy/document': additional"
                        + " properties 'min_acounts' not allowed",
                "taskManager: {memory: 2Gi}                   | at '/taskManager/memory': '2Gi'"
                        + " does not match pattern",
                "networkPolicy: {kafkaPorts: [kafka]}         | at '/networkPolicy/kafkaPorts/0':"
                        + " got string, want integer",
                "podSecurity: {runAsUser: 0}                  | at '/podSecurity/runAsUser':"
                        + " minimum: got 0, want 1",
                "monitoring: {alerts: {thresholds: {lag: 5}}} | at '/monitoring/alerts/thresholds':"
                        + " additional properties 'lag' not allowed",
            })
    void refuseWithThePathToThem(String values, String message) {
        assertThat(Chart.minimal().values(values).refusal()).contains(message);
    }

    /** What helm install --set says is what the schema says. */
    @Test
    void knowsEveryValueAndNoOther() throws IOException {
        JsonNode schema =
                new ObjectMapper().readTree(Chart.DIRECTORY.resolve("values.schema.json").toFile());
        JsonNode values = Manifest.yaml(Files.readString(Chart.DIRECTORY.resolve("values.yaml")));
        List<String> differences = new ArrayList<>();

        compare("", schema, values, differences);

        assertThat(differences).isEmpty();
    }

    private static void compare(
            String path, JsonNode schema, JsonNode value, List<String> differences) {
        if (!path.isEmpty() && schema.path("description").asText().isBlank()) {
            differences.add(path + " has no description in the schema");
        }
        JsonNode properties = schema.path("properties");
        if (!value.isObject() || schema.path("additionalProperties").isObject()) {
            return;
        }
        value.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!properties.has(name) && !isFree(schema)) {
                                differences.add(path + "/" + name + " is not in the schema");
                            }
                        });
        properties
                .properties()
                .forEach(
                        property -> {
                            String name = property.getKey();
                            if (value.has(name)) {
                                compare(
                                        path + "/" + name,
                                        property.getValue(),
                                        value.path(name),
                                        differences);
                            } else if (!name.equals("global") && !path.equals(POLICY)) {
                                differences.add(path + "/" + name + " is not in values.yaml");
                            }
                        });
        if (!isFree(schema) && !schema.path("additionalProperties").isBoolean()) {
            differences.add(path + " lets typos through");
        }
    }

    /** Kubernetes' own or the job's document: an object of any shape. */
    private static boolean isFree(JsonNode schema) {
        return !schema.has("properties");
    }
}
