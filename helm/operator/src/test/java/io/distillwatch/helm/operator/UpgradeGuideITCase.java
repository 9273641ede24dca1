package io.distillwatch.helm.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.kubernetes.configuration.KubernetesConfigOptions;
import org.apache.flink.kubernetes.operator.TestingFlinkService;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.JobSpec;
import org.apache.flink.kubernetes.operator.api.spec.JobState;
import org.apache.flink.kubernetes.operator.api.spec.UpgradeMode;
import org.apache.flink.kubernetes.operator.api.status.FlinkDeploymentStatus;
import org.apache.flink.kubernetes.operator.api.status.ReconciliationState;
import org.apache.flink.kubernetes.operator.api.status.SavepointInfo;
import org.apache.flink.kubernetes.operator.config.FlinkConfigManager;
import org.apache.flink.kubernetes.operator.controller.TestingFlinkDeploymentController;
import org.apache.flink.kubernetes.operator.reconciler.deployment.AbstractFlinkResourceReconciler;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The upgrade guide of the chart's README, step by step, under the controller of the operator and
 * an API server that it talks to: the chart is rendered with the values that the guide sets, and
 * the operator does what the guide says.
 *
 * <p>What is substituted: Flink, by the operator's own double, which starts, stops and takes
 * savepoints at once; the rest as in {@link OlderOperator}.
 */
@EnableKubernetesMockClient(crud = true)
class UpgradeGuideITCase {

    private static final Duration READINESS_TIMEOUT = Duration.ofMinutes(5);

    /** Injected. */
    private KubernetesClient kubernetes;

    private final Release release = new Release();
    private final Map<String, Map<String, String>> guide = UpgradeGuide.steps();
    private final Set<String> followed = new LinkedHashSet<>();
    private FlinkDouble flink;
    private Context<FlinkDeployment> context;
    private TestingFlinkDeploymentController operator;
    private FlinkDeployment deployment;

    @BeforeEach
    void start() {
        flink = new FlinkDouble(kubernetes);
        context = flink.getContext();
        operator =
                new TestingFlinkDeploymentController(
                        new FlinkConfigManager(
                                // Without the thread that looks for changed defaults for ever.
                                Configuration.fromMap(
                                        Map.of(
                                                "kubernetes.operator.dynamic.config.enabled",
                                                "false"))),
                        flink);
    }

    @Test
    void theOperatorDoesWhatTheGuideSays() throws Exception {
        helmUpgrade("install");
        untilStable();
        assertThat(image()).isEqualTo("distillwatch/distillwatch-job:0.1.0");
        assertThat(restoredFrom()).isNull();
        assertThat(flink.fromHaMetadata).isFalse();
        JobStatusMessage first = job();

        helmUpgrade("the same values again");
        untilStable();
        assertThat(job()).isSameAs(first);

        helmUpgrade("a savepoint, now");
        reconcile(3);
        assertThat(job()).isSameAs(first);
        assertThat(savepoints().getLastSavepoint().getLocation()).isEqualTo("savepoint_0");
        assertThat(savepoints().getLastSavepoint().getTriggerNonce()).isOne();

        helmUpgrade("larger TaskManagers");
        reconcile(1);
        assertThat(lastReconciled().getState()).isEqualTo(JobState.SUSPENDED);
        untilStable();
        assertThat(flink.getSubmittedConf().toMap())
                .containsEntry("taskmanager.memory.process.size", "8 gb");
        assertThat(flink.fromHaMetadata).isTrue();

        helmUpgrade("a new job");
        reconcile(1);
        assertThat(lastReconciled().getState()).isEqualTo(JobState.SUSPENDED);
        String before = savepoints().getLastSavepoint().getLocation();
        assertThat(before).isNotEqualTo("savepoint_0");
        untilStable();
        assertThat(image()).endsWith(":0.1.1");
        assertThat(restoredFrom()).isEqualTo(before);

        helmUpgrade("a job that does not come up");
        flink.setJobManagerReady(false);
        flink.setPortReady(true);
        reconcile(2);
        assertThat(image()).endsWith(":0.1.2");
        assertThat(state()).isEqualTo(ReconciliationState.DEPLOYED);
        wait(READINESS_TIMEOUT.plusMinutes(1));
        reconcile(1);
        assertThat(state()).isEqualTo(ReconciliationState.ROLLING_BACK);
        flink.setJobManagerReady(true);
        reconcile(2);
        assertThat(state()).isEqualTo(ReconciliationState.ROLLED_BACK);
        assertThat(image()).endsWith(":0.1.1");

        helmUpgrade("back to the values that ran");
        untilStable();
        assertThat(image()).endsWith(":0.1.1");

        helmUpgrade("a new Flink");
        reconcile(1);
        before = savepoints().getLastSavepoint().getLocation();
        untilStable();
        assertThat(image()).endsWith(":0.2.0");
        assertThat(restoredFrom()).isEqualTo(before);

        helmUpgrade("stop");
        reconcile(2);
        assertThat(lastReconciled().getState()).isEqualTo(JobState.SUSPENDED);
        assertThat(lastReconciled().getUpgradeMode()).isEqualTo(UpgradeMode.SAVEPOINT);
        assertThat(flink.getRunningCount()).isZero();
        before = savepoints().getLastSavepoint().getLocation();

        helmUpgrade("start again");
        untilStable();
        assertThat(restoredFrom()).isEqualTo(before);

        assertThat(followed).isEqualTo(guide.keySet());
    }

    /** A job that is gone with its HA metadata is not started from nothing by mistake. */
    @Test
    void anUpgradeWaitsForStateRatherThanStartWithout() throws Exception {
        helmUpgrade("install");
        untilStable();
        flink.setHaDataAvailable(false);
        flink.clear();

        helmUpgrade("larger TaskManagers");
        reconcile(3);
        assertThat(flink.listJobs()).isEmpty();

        flink.setHaDataAvailable(true);
        untilStable();
        assertThat(flink.fromHaMetadata).isTrue();
    }

    private void helmUpgrade(String step) {
        assertThat(guide).containsKey(step);
        followed.add(step);
        FlinkDeployment rendered = release.upgrade(guide.get(step));
        if (deployment == null) {
            rendered.setStatus(new FlinkDeploymentStatus());
            deployment = kubernetes.resource(rendered).create();
        } else {
            deployment.setSpec(rendered.getSpec());
        }
    }

    private void reconcile(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            operator.reconcile(deployment, context);
        }
    }

    private void untilStable() throws Exception {
        reconcile(4);
        assertThat(deployment.getStatus().getError()).isNull();
        assertThat(state()).isEqualTo(ReconciliationState.DEPLOYED);
        assertThat(deployment.getStatus().getReconciliationStatus().isLastReconciledSpecStable())
                .isTrue();
        assertThat(deployment.getStatus().getJobStatus().getState()).isEqualTo("RUNNING");
    }

    private void wait(Duration time) {
        AbstractFlinkResourceReconciler<?, ?, ?> reconciler =
                (AbstractFlinkResourceReconciler<?, ?, ?>)
                        operator.getReconcilerFactory().getOrCreate(deployment);
        reconciler.setClock(Clock.offset(Clock.systemDefaultZone(), time));
    }

    private ReconciliationState state() {
        return deployment.getStatus().getReconciliationStatus().getState();
    }

    private SavepointInfo savepoints() {
        return deployment.getStatus().getJobStatus().getSavepointInfo();
    }

    private JobSpec lastReconciled() {
        return deployment
                .getStatus()
                .getReconciliationStatus()
                .deserializeLastReconciledSpec()
                .getJob();
    }

    private JobStatusMessage job() {
        assertThat(flink.listJobs()).hasSize(1);
        return flink.listJobs().get(0).f1;
    }

    /** The savepoint that the job was told to start from. */
    private String restoredFrom() {
        assertThat(flink.listJobs()).hasSize(1);
        return flink.listJobs().get(0).f0;
    }

    private String image() {
        return flink.getSubmittedConf().get(KubernetesConfigOptions.CONTAINER_IMAGE);
    }

    /** The operator's double, and whether it was told to insist on HA metadata. */
    private static final class FlinkDouble extends TestingFlinkService {

        private boolean fromHaMetadata;

        FlinkDouble(KubernetesClient kubernetes) {
            super(kubernetes);
        }

        @Override
        public void submitApplicationCluster(
                JobSpec job, Configuration configuration, boolean requireHaMetadata)
                throws Exception {
            fromHaMetadata = requireHaMetadata;
            super.submitApplicationCluster(job, configuration, requireHaMetadata);
        }
    }
}
