package io.distillwatch.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every object that the chart can render is what its kind allows, field by field. */
class StrictTypesTest {

    @ParameterizedTest
    @MethodSource("io.distillwatch.helm.ValuesMatrix#all")
    void acceptEveryRenderedObject(Chart chart) {
        List<String> problems =
                chart.render().stream()
                        .flatMap(manifest -> StrictTypes.problems(manifest).stream())
                        .toList();

        assertThat(problems).isEmpty();
    }

    /** A judge that accepts everything is none. */
    @ParameterizedTest
    @CsvSource({
        "FlinkDeployment, /spec, parallelism",
        "FlinkDeployment, /spec/job, upgradMode",
        "FlinkDeployment, /spec/taskManager/podTemplate/spec, serviceAcount",
        "FlinkDeployment, /spec/taskManager/podTemplate/spec/containers/0, volumeMount",
        "Deployment, /spec/template/spec/containers/0/securityContext, readonlyRootFilesystem",
        "Job, /spec, backofLimit",
        "NetworkPolicy, /spec, egres",
        "PodDisruptionBudget, /spec, minAvailble",
        "KafkaTopic, /spec, partition",
        "PodMonitor, /spec, podMetricEndpoints",
        "PrometheusRule, /spec/groups/0/rules/0, exp",
        "Role, /rules/0, verb",
        "Pod, /spec, restartpolicy",
    })
    void refuseATypo(String kind, String parent, String typo) {
        Manifest manifest =
                Chart.production().values("topics: {manage: strimzi}").render().stream()
                        .filter(candidate -> candidate.kind().equals(kind))
                        .findFirst()
                        .orElseThrow();
        assertThat(StrictTypes.problems(manifest)).isEmpty();

        ((ObjectNode) manifest.at(parent)).put(typo, 1);

        assertThat(StrictTypes.problems(manifest)).isNotEmpty();
    }

    @Test
    void chooseStrimzisVersionByWhatIsAsked() {
        String pointer = "/apiVersion";

        assertThat(Chart.production().render("KafkaTopic", "distillation-campaigns").at(pointer))
                .hasToString("\"kafka.strimzi.io/v1beta2\"");
        assertThat(
                        Chart.production()
                                .values("topics: {strimzi: {apiVersion: kafka.strimzi.io/v1}}")
                                .render("KafkaTopic", "distillation-campaigns")
                                .at(pointer))
                .hasToString("\"kafka.strimzi.io/v1\"");
    }
}
