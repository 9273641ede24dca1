package io.distillwatch.helm.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.config.FlinkConfigManager;
import org.apache.flink.kubernetes.operator.validation.DefaultValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The validator of the operator's own webhook on the reviewed manifests, as {@link OlderOperator}
 * reads them.
 */
class OperatorValidatorTest {

    private static final Path GOLDEN = Path.of("../src/test/resources/golden");

    /** Without the thread that would look for changed defaults for ever. */
    private final DefaultValidator validator =
            new DefaultValidator(
                    new FlinkConfigManager(
                            Configuration.fromMap(
                                    Map.of(
                                            "kubernetes.operator.dynamic.config.enabled",
                                            "false"))));

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "production", "large"})
    void acceptsTheProfiles(String profile) throws IOException {
        List<FlinkDeployment> deployments = deployments(profile);

        assertThat(deployments).hasSize(profile.equals("minimal") ? 1 : 2);
        for (FlinkDeployment deployment : deployments) {
            assertThat(validator.validateDeployment(deployment)).isEmpty();
        }
    }

    /** The chart refuses these before the operator sees them; here is that the operator would. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "high-availability                      |     | last-state while HA disabled",
                "state.savepoints.dir                   |     | savepoint",
                "state.checkpoints.dir                  |     | Checkpoint directory",
                "kubernetes.cluster-id                  | x   | Forbidden Flink config key:"
                        + " kubernetes.cluster-id",
                "kubernetes.namespace                   | x   | Forbidden Flink config key:"
                        + " kubernetes.namespace",
                "high-availability.cluster-id           | x   | Forbidden Flink config key:"
                        + " high-availability.cluster-id",
            })
    void refusesWhatTheChartRefuses(String key, String value, String reason) throws IOException {
        FlinkDeployment deployment = deployments("production").get(0);
        Map<String, String> settings = deployment.getSpec().getFlinkConfiguration();
        if (value == null) {
            settings.remove(key);
        } else {
            settings.put(key, value);
        }
        // Both would be refused without HA; one reason at a time.
        deployment.getSpec().getJobManager().setReplicas(1);
        settings.remove("kubernetes.operator.deployment.rollback.enabled");

        Optional<String> refusal = validator.validateDeployment(deployment);

        assertThat(refusal).hasValueSatisfying(text -> assertThat(text).contains(reason));
    }

    @Test
    void refusesANameThatIsTooLong() throws IOException {
        FlinkDeployment deployment = deployments("minimal").get(0);
        deployment.getMetadata().setName("a".repeat(46));

        assertThat(validator.validateDeployment(deployment)).isPresent();
    }

    private static List<FlinkDeployment> deployments(String profile) throws IOException {
        return OlderOperator.read(Files.readString(GOLDEN.resolve(profile + ".yaml")));
    }
}
