package io.distillwatch.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Judges rendered objects by the types they claim to be, as an API server with strict field
 * validation would: models of their own kinds with unknown fields refused, and the operator's own
 * CRD, closed the same way.
 */
final class StrictTypes {

    private static final String CRD = "META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

    /** By apiVersion and kind, so that a wrong apiVersion is unknown, too. */
    private static final Map<String, Class<?>> MODELS =
            Map.ofEntries(
                    Map.entry("v1/ConfigMap", ConfigMap.class),
                    Map.entry("v1/Pod", Pod.class),
                    Map.entry("v1/Service", Service.class),
                    Map.entry("v1/ServiceAccount", ServiceAccount.class),
                    Map.entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class),
                    Map.entry("apps/v1/Deployment", Deployment.class),
                    Map.entry("batch/v1/Job", Job.class),
                    Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
                    Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
                    Map.entry("rbac.authorization.k8s.io/v1/Role", Role.class),
                    Map.entry("rbac.authorization.k8s.io/v1/RoleBinding", RoleBinding.class),
                    Map.entry("monitoring.coreos.com/v1/PodMonitor", PodMonitor.class),
                    Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
                    Map.entry("kafka.strimzi.io/v1beta2/KafkaTopic", KafkaTopic.class),
                    Map.entry("kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class));

    private static final ObjectMapper STRICT = strictMapper();
    private static final JsonSchema FLINK_DEPLOYMENT = flinkDeploymentSchema();

    private StrictTypes() {}

    /** What is wrong with the object; empty if nothing is. */
    static List<String> problems(Manifest manifest) {
        List<String> problems = new ArrayList<>();
        if (manifest.kind().equals("FlinkDeployment")) {
            problems.addAll(flinkDeployment(manifest));
            manifest.pods().forEach((where, pod) -> problems.addAll(model(Pod.class, pod, where)));
        } else {
            String type = manifest.at("/apiVersion").asText() + "/" + manifest.kind();
            Class<?> model = MODELS.get(type);
            if (model == null) {
                problems.add("unknown type " + type);
            } else {
                problems.addAll(model(model, manifest.json(), "object"));
            }
        }
        return problems.stream().map(problem -> manifest.title() + ": " + problem).toList();
    }

    private static List<String> model(Class<?> model, JsonNode json, String where) {
        try {
            Objects.requireNonNull(STRICT.treeToValue(json, model));
            return List.of();
        } catch (JsonProcessingException e) {
            return List.of(where + ": " + e.getOriginalMessage());
        }
    }

    private static List<String> flinkDeployment(Manifest manifest) {
        ObjectNode copy = manifest.json().deepCopy();
        // Released CRDs of this API end at v1_20, newer ones at v2_2: the enum is the one thing
        // that cannot be judged by the CRD that resolves here.
        ObjectNode spec = (ObjectNode) copy.path("spec");
        if (!spec.path("flinkVersion").asText().matches("v2_[0-9]+")) {
            return List.of("flinkVersion is " + spec.path("flinkVersion"));
        }
        spec.put("flinkVersion", "v1_20");
        return FLINK_DEPLOYMENT.validate(copy).stream().map(Object::toString).toList();
    }

    private static ObjectMapper strictMapper() {
        SimpleModule closed = new SimpleModule();
        closed.setDeserializerModifier(
                new BeanDeserializerModifier() {
                    @Override
                    public BeanDeserializerBuilder updateBuilder(
                            DeserializationConfig config,
                            BeanDescription bean,
                            BeanDeserializerBuilder builder) {
                        // The models keep what they do not know in a map: typos would pass.
                        builder.setAnySetter(null);
                        builder.setIgnoreUnknownProperties(false);
                        return builder;
                    }
                });
        return new ObjectMapper()
                .registerModule(closed)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    private static JsonSchema flinkDeploymentSchema() {
        try (InputStream crd = StrictTypes.class.getClassLoader().getResourceAsStream(CRD)) {
            JsonNode schema =
                    new ObjectMapper(new YAMLFactory())
                            .readTree(Objects.requireNonNull(crd, CRD))
                            .at("/spec/versions/0/schema/openAPIV3Schema");
            close(schema);
            // Kubernetes' own, and in no CRD.
            for (String own : List.of("apiVersion", "kind", "metadata")) {
                ((ObjectNode) schema.path("properties")).putObject(own);
            }
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts additionalProperties: false wherever properties stands, and int-or-string in words. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            if (object.path("properties").isObject()
                    && !object.has("additionalProperties")
                    && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
                object.put("additionalProperties", false);
            }
            if (object.path("x-kubernetes-int-or-string").asBoolean()) {
                object.remove("pattern");
                object.remove("x-kubernetes-int-or-string");
                object.putArray("type").add("integer").add("string");
            }
        }
        schema.forEach(StrictTypes::close);
    }
}
