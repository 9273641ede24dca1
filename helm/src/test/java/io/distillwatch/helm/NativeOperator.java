package io.distillwatch.helm;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.application.ApplicationConfiguration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.kubernetes.KubernetesClusterClientFactory;
import org.apache.flink.kubernetes.KubernetesClusterDescriptor;

/**
 * What the operator does with a FlinkDeployment in native mode, in one sitting: it adds its own
 * settings and calls Flink's own deployer. The settings are those that the operator submitted in
 * {@code UpgradeGuideITCase}; the deployer is that of the Flink that runs.
 */
final class NativeOperator {

    private final ApiServer api;
    private final Path directory;

    NativeOperator(ApiServer api, Path directory) {
        this.api = api;
        this.directory = directory;
    }

    /**
     * Deploys an application cluster: a JobManager's Deployment, its services and ConfigMaps.
     *
     * @param deployment as rendered
     * @param here what is different on this machine; wins
     * @param savepoint to start from, or empty
     */
    void deploy(Manifest deployment, Map<String, String> here, JobID job, String savepoint)
            throws Exception {
        JsonNode spec = deployment.at("/spec");
        Configuration settings = Configuration.fromMap(deployment.flinkConfiguration());
        put(settings, "kubernetes.cluster-id", deployment.name());
        put(settings, "kubernetes.namespace", Chart.NAMESPACE);
        put(settings, "kubernetes.service-account", spec.path("serviceAccount"));
        put(settings, "kubernetes.container.image.ref", spec.path("image"));
        put(settings, "kubernetes.container.image.pull-policy", spec.path("imagePullPolicy"));
        put(settings, "kubernetes.rest-service.exposed.type", "ClusterIP");
        put(settings, "kubernetes.jobmanager.replicas", spec.at("/jobManager/replicas"));
        put(settings, "parallelism.default", spec.at("/job/parallelism"));
        put(settings, "pipeline.jars", spec.at("/job/jarURI"));
        put(settings, "$internal.pipeline.job-id", job.toString());
        put(settings, "execution.target", "kubernetes-application");
        put(settings, "execution.shutdown-on-application-finish", "false");
        put(settings, "execution.submit-failed-job-on-application-error", "true");
        put(settings, "web.cancel.enable", "false");
        // A job of the same id that has ended is not this one.
        put(settings, "job-result-store.delete-on-commit", "false");
        put(
                settings,
                "job-result-store.storage-path",
                "%s/job-result-store/%s"
                        .formatted(
                                settings.toMap().get("high-availability.storageDir"),
                                UUID.randomUUID()));
        if (!savepoint.isEmpty()) {
            put(settings, "execution.state-recovery.path", savepoint);
        }
        for (String kind : new String[] {"jobManager", "taskManager"}) {
            JsonNode pods = spec.path(kind);
            String prefix = kind.toLowerCase(java.util.Locale.ROOT);
            Path template = directory.resolve(prefix + "-pod-template.yaml");
            // JSON is YAML.
            Files.writeString(template, pods.path("podTemplate").toString());
            put(settings, "kubernetes.pod-template-file." + prefix, template.toString());
            put(settings, "kubernetes." + prefix + ".cpu.amount", pods.at("/resource/cpu"));
            put(settings, prefix + ".memory.process.size", pods.at("/resource/memory"));
        }
        put(settings, "$internal.deployment.config-dir", logConfiguration(spec));
        here.forEach((key, value) -> put(settings, key, value));
        put(settings, "kubernetes.config.file", api.adminKubeconfig(directory).toString());
        KubernetesClusterClientFactory factory = new KubernetesClusterClientFactory();
        try (KubernetesClusterDescriptor flink = factory.createClusterDescriptor(settings)) {
            flink.deployApplicationCluster(
                            factory.getClusterSpecification(settings),
                            new ApplicationConfiguration(
                                    new String[0], spec.at("/job/entryClass").asText()))
                    .getClusterClient()
                    .close();
        }
    }

    /** Before a start from a savepoint: the Deployment, what it owns, and HA metadata. */
    void delete() {
        NamespacedKubernetesClient kubernetes = api.client();
        kubernetes.apps().deployments().delete();
        kubernetes.pods().delete();
        kubernetes.services().delete();
        kubernetes.configMaps().delete();
    }

    private String logConfiguration(JsonNode spec) throws IOException {
        Path files = Files.createDirectories(directory.resolve("log-configuration"));
        for (Map.Entry<String, String> file :
                Manifest.strings(spec.path("logConfiguration")).entrySet()) {
            Files.writeString(files.resolve(file.getKey()), file.getValue());
        }
        return files.toString();
    }

    private static void put(Configuration settings, String key, JsonNode value) {
        put(settings, key, value.asText());
    }

    private static void put(Configuration settings, String key, String value) {
        settings.setString(key, value);
    }
}
