package io.distillwatch.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a careful platform team asks of a pod: the restricted Pod Security Standard, a read-only
 * root file system, probes and resources, images that do not move, tokens only where they are
 * needed.
 */
final class PodRules {

    private static final Set<String> RESTRICTED_VOLUMES =
            Set.of(
                    "configMap",
                    "emptyDir",
                    "ephemeral",
                    "persistentVolumeClaim",
                    "projected",
                    "secret");

    private final List<String> problems = new ArrayList<>();
    private final String title;

    private PodRules(String title) {
        this.title = title;
    }

    static List<String> problems(Manifest manifest) {
        List<String> problems = new ArrayList<>();
        manifest.pods()
                .forEach(
                        (where, pod) ->
                                problems.addAll(
                                        new PodRules(manifest.title() + " " + where)
                                                .check(manifest, pod.path("spec"))));
        return problems;
    }

    private List<String> check(Manifest manifest, JsonNode spec) {
        JsonNode security = spec.path("securityContext");
        require(security.path("runAsNonRoot").asBoolean(), "runs as root");
        require(security.path("runAsUser").asInt() > 0, "names no user");
        require(
                security.at("/seccompProfile/type").asText().equals("RuntimeDefault"),
                "has no seccomp profile");
        boolean flink =
                manifest.kind().equals("FlinkDeployment")
                        // What Flink makes of one.
                        || manifest.at("/metadata/labels/type")
                                .asText()
                                .equals("flink-native-kubernetes");
        require(
                spec.path("automountServiceAccountToken").isBoolean()
                        && spec.path("automountServiceAccountToken").asBoolean() == flink,
                "only Flink talks to the API server");
        require(!spec.path("hostNetwork").asBoolean(), "is on the host's network");
        for (JsonNode volume : spec.path("volumes")) {
            volume.fieldNames()
                    .forEachRemaining(
                            field ->
                                    require(
                                            field.equals("name")
                                                    || RESTRICTED_VOLUMES.contains(field),
                                            "has a volume of kind " + field));
            require(
                    !volume.has("emptyDir") || volume.at("/emptyDir/sizeLimit").isTextual(),
                    "fills the node's disk without limit: " + volume);
        }
        require(!spec.path("containers").isEmpty(), "has no container");
        spec.path("containers").forEach(container -> checkContainer(manifest, container));
        spec.path("initContainers").forEach(container -> checkContainer(manifest, container));
        return problems;
    }

    private void checkContainer(Manifest manifest, JsonNode container) {
        JsonNode security = container.path("securityContext");
        require(security.path("readOnlyRootFilesystem").asBoolean(), "can write to its root");
        require(
                security.path("allowPrivilegeEscalation").isBoolean()
                        && !security.path("allowPrivilegeEscalation").asBoolean(),
                "can become more than it is");
        require(security.at("/capabilities/drop/0").asText().equals("ALL"), "keeps capabilities");
        require(!security.path("privileged").asBoolean(), "is privileged");

        boolean flink = manifest.kind().equals("FlinkDeployment");
        String image =
                flink ? manifest.at("/spec/image").asText() : container.path("image").asText();
        require(
                image.matches(".+(:[A-Za-z0-9_.-]+|@sha256:[0-9a-f]{64})")
                        && !image.endsWith(":latest"),
                "has an image that moves: " + image);
        if (flink) {
            for (String kind : List.of("jobManager", "taskManager")) {
                require(manifest.at("/spec/" + kind + "/resource/cpu").isNumber(), "has no CPUs");
                require(
                        manifest.at("/spec/" + kind + "/resource/memory").isTextual(),
                        "has no memory");
            }
        } else {
            require(container.at("/resources/requests/memory").isTextual(), "requests no memory");
            require(container.at("/resources/requests/cpu").isTextual(), "requests no CPU");
            require(container.at("/resources/limits/memory").isTextual(), "has no memory limit");
        }
        if (flink || manifest.kind().equals("Deployment")) {
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                require(container.path(probe).isObject(), "has no " + probe);
            }
        }
        for (JsonNode variable : container.path("env")) {
            String name = variable.path("name").asText();
            require(
                    !name.matches("(?i).*(password|secret|token|access_key).*")
                            || variable.at("/valueFrom/secretKeyRef/name").isTextual(),
                    "has a secret in clear: " + name);
        }
        for (JsonNode mount : container.path("volumeMounts")) {
            require(
                    !mount.path("mountPath").asText().startsWith("/etc/")
                            || mount.path("readOnly").asBoolean(),
                    "can write to " + mount.path("mountPath"));
        }
    }

    private void require(boolean condition, String problem) {
        if (!condition) {
            problems.add(title + " " + problem);
        }
    }
}
