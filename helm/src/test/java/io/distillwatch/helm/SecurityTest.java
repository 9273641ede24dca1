package io.distillwatch.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SecurityTest {

    /** What a client needs to know and nobody else may: values, not references. */
    private static final Pattern SECRET =
            Pattern.compile(
                    "(?i)(password|secret(key)?|clientSecret)\\s*[=:]\\s*\"?(?!\\$\\{)[^\\s\"{$]");

    @ParameterizedTest
    @MethodSource("io.distillwatch.helm.ValuesMatrix#all")
    void everyPodMeetsTheRules(Chart chart) {
        assertThat(chart.render().stream().flatMap(each -> PodRules.problems(each).stream()))
                .isEmpty();
    }

    /** Rules that nothing breaks are none. */
    @ParameterizedTest
    @CsvSource({
        "/spec/template/spec/securityContext, runAsNonRoot, can, runs as root",
        "/spec/template/spec/containers/0/securityContext, readOnlyRootFilesystem, , can write to"
                + " its root",
        "/spec/template/spec/containers/0, image, flink:latest, has an image that moves",
        "/spec/template/spec/containers/0, livenessProbe, , has no livenessProbe",
        "/spec/template/spec, automountServiceAccountToken, , only Flink talks",
    })
    void theRulesCanBeBroken(String parent, String field, String value, String problem) {
        Manifest gateway = Chart.production().render("Deployment", "distillwatch-sql-gateway");
        ObjectNode node = (ObjectNode) gateway.at(parent);
        node.remove(field);
        if (field.equals("image")) {
            node.put(field, value);
        }

        assertThat(PodRules.problems(gateway)).anyMatch(each -> each.contains(problem));
    }

    @ParameterizedTest
    @MethodSource("io.distillwatch.helm.ValuesMatrix#all")
    void noSecretIsWrittenOut(Chart chart) {
        List<String> found = new ArrayList<>();
        for (Manifest manifest : chart.render()) {
            assertThat(manifest.kind()).isNotEqualTo("Secret");
            if (manifest.kind().equals("ConfigMap")) {
                Manifest.strings(manifest.at("/data"))
                        .forEach(
                                (file, text) -> {
                                    if (file.endsWith(".properties") || file.endsWith(".yaml")) {
                                        text.lines()
                                                .filter(line -> SECRET.matcher(line).find())
                                                .forEach(line -> found.add(file + ": " + line));
                                    }
                                });
            }
            if (manifest.kind().equals("FlinkDeployment")) {
                manifest.flinkConfiguration()
                        .forEach(
                                (key, value) -> {
                                    if (SECRET.matcher(key + "=" + value).find()
                                            || SECRET.matcher(value).find()) {
                                        found.add(key + ": " + value);
                                    }
                                });
                assertThat(manifest.at("/spec/job/args").isMissingNode()).isTrue();
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void aSecretWrittenOutWouldBeSeen() {
        assertThat(SECRET.matcher("x required username=\"u\" password=\"hunter2\";").find())
                .isTrue();
        assertThat(SECRET.matcher("ssl.truststore.password=changeit").find()).isTrue();
        assertThat(SECRET.matcher("password=\"${directory:/etc/x:password}\";").find()).isFalse();
    }

    /** What Flink's native mode needs, written down twice on purpose. */
    @Test
    void theRoleGrantsOnlyWhatNativeFlinkNeeds() {
        Manifest role = Chart.production().render("Role", Chart.RELEASE);
        Set<String> granted = ApiServer.verbs(role);

        assertThat(granted)
                .containsExactlyInAnyOrder(
                        "pods:list",
                        "pods:watch",
                        "pods:create",
                        "pods:delete",
                        "configmaps:get",
                        "configmaps:list",
                        "configmaps:watch",
                        "configmaps:create",
                        "configmaps:update",
                        "configmaps:patch",
                        "configmaps:delete",
                        "deployments:get");
    }

    @ParameterizedTest
    @MethodSource("io.distillwatch.helm.ValuesMatrix#all")
    void everyObjectIsLabelledAndInTheReleasesNamespace(Chart chart) {
        for (Manifest manifest : chart.render()) {
            Map<String, String> labels = Manifest.strings(manifest.at("/metadata/labels"));
            assertThat(labels)
                    .as(manifest.title())
                    .containsKeys(
                            "app.kubernetes.io/name",
                            "app.kubernetes.io/instance",
                            "app.kubernetes.io/version",
                            "app.kubernetes.io/managed-by",
                            "app.kubernetes.io/component",
                            "helm.sh/chart");
            if (!manifest.kind().equals("KafkaTopic")) {
                assertThat(manifest.at("/metadata/namespace").asText())
                        .as(manifest.title())
                        .isEqualTo(Chart.NAMESPACE);
            }
        }
    }

    /** Every pod is under the policy that denies, and each way out of it is named. */
    @Test
    void networkPoliciesDenyWhatIsNotNamed() {
        List<Manifest> manifests = Chart.production().render();
        Manifest deny =
                manifests.stream()
                        .filter(each -> each.name().equals("distillwatch-default-deny"))
                        .findFirst()
                        .orElseThrow();
        assertThat(deny.at("/spec/ingress").isMissingNode()).isTrue();
        assertThat(deny.at("/spec/egress")).hasSize(1);
        Map<String, String> selector = Manifest.strings(deny.at("/spec/podSelector/matchLabels"));
        for (Manifest manifest : manifests) {
            manifest.pods()
                    .values()
                    .forEach(
                            pod ->
                                    assertThat(Manifest.strings(pod.at("/metadata/labels")))
                                            .as(manifest.title())
                                            .containsAllEntriesOf(selector));
        }
        for (Manifest manifest : manifests) {
            if (manifest.kind().equals("NetworkPolicy") && manifest.at("/spec/ingress").isArray()) {
                for (JsonNode rule : manifest.at("/spec/ingress")) {
                    assertThat(rule.path("from")).as(manifest.title()).isNotEmpty();
                }
            }
        }
    }

    /** Queries can run code: who runs them is not the job, and holds none of its keys. */
    @ParameterizedTest
    @MethodSource("io.distillwatch.helm.ValuesMatrix#all")
    void theSqlClusterIsNotTheJob(Chart chart) {
        for (Manifest manifest : chart.render()) {
            if (manifest.title().equals("FlinkDeployment/distillwatch-sql")) {
                assertThat(manifest.at("/spec/serviceAccount").asText())
                        .isEqualTo("distillwatch-sql");
                for (JsonNode pod : manifest.pods().values()) {
                    assertThat(pod.at("/spec/serviceAccountName").asText())
                            .isEqualTo("distillwatch-sql");
                    assertThat(pod.toString())
                            .doesNotContain("AWS_SECRET_ACCESS_KEY", "\"distillwatch-job\"");
                }
            }
        }
    }

    /** A job that outlives its release still has its identity, its rights and its walls. */
    @Test
    void aJobThatIsKeptKeepsWhatItStandsOn() {
        List<Manifest> manifests = Chart.production().render();
        Set<String> kept = new TreeSet<>();
        for (Manifest manifest : manifests) {
            if (manifest.at("/metadata/annotations/helm.sh~1resource-policy")
                    .asText()
                    .equals("keep")) {
                kept.add(manifest.title());
            }
        }

        assertThat(kept)
                .contains(
                        "FlinkDeployment/distillwatch",
                        "ServiceAccount/distillwatch",
                        "Role/distillwatch",
                        "RoleBinding/distillwatch",
                        "KafkaTopic/distillation-campaigns")
                .containsAll(
                        manifests.stream()
                                .filter(each -> each.kind().equals("NetworkPolicy"))
                                .map(Manifest::title)
                                .toList());
    }
}
