package io.distillwatch.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.kubernetes.entrypoint.KubernetesApplicationClusterEntrypoint;
import org.apache.flink.kubernetes.taskmanager.KubernetesTaskExecutorRunner;

/**
 * Runs the pods of an {@link ApiServer} as processes of this machine: their own command line, their
 * environment, ConfigMaps and Secrets as files. What an image and a container would give is here a
 * directory: paths of mounts are read as below it.
 */
final class Kubelet implements AutoCloseable {

    /** The first steps of mount paths that are read as below the directory. */
    private static final List<String> MOUNTS = List.of("/etc/distillwatch", "/rocksdb");

    /** Where a JobManager looks for the template of its TaskManagers, whatever is configured. */
    private static final Path TEMPLATES = Path.of("/opt/flink/pod-template");

    /** As Flink's own config.yaml has it for Java 17; compiled cheaply, for the start is all. */
    private static final String JAVA =
            "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 --add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED "
                    + List.of(
                                    "java.lang",
                                    "java.net",
                                    "java.io",
                                    "java.nio",
                                    "sun.nio.ch",
                                    "java.lang.reflect",
                                    "java.text",
                                    "java.time",
                                    "java.util",
                                    "java.util.concurrent",
                                    "java.util.concurrent.atomic",
                                    "java.util.concurrent.locks")
                            .stream()
                            .map(each -> "--add-opens=java.base/" + each + "=ALL-UNNAMED")
                            .collect(Collectors.joining(" "));

    private final ApiServer api;
    private final Path directory;
    private final Map<String, Map<String, String>> secrets;
    private final Map<String, Process> processes = new TreeMap<>();

    /**
     * @param secrets that are there: files and their content, by name
     */
    Kubelet(ApiServer api, Path directory, Map<String, Map<String, String>> secrets)
            throws IOException {
        this.api = api;
        this.directory = directory;
        this.secrets = secrets;
        Files.createDirectories(directory.resolve("bin"));
        script(
                "kubernetes-jobmanager.sh",
                // What the image's script computes from the memory that is configured.
                "shift; exec java -Xmx512m",
                KubernetesApplicationClusterEntrypoint.class);
        script(
                "kubernetes-taskmanager.sh",
                "exec java $FLINK_TM_JVM_MEM_OPTS",
                KubernetesTaskExecutorRunner.class);
    }

    /** What the image's script of that name does, its class path and its Java. */
    private void script(String name, String start, Class<?> main) throws IOException {
        String classPath =
                FlinkImage.lib().stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator));
        Path file = directory.resolve("bin").resolve(name);
        Files.writeString(
                file,
                """
                #!/bin/bash
                %s %s -Dlog4j2.configurationFile=file:$FLINK_CONF_DIR/log4j-console.properties \\
                    -cp %s %s --configDir "$FLINK_CONF_DIR" "$@"
                """
                        .formatted(start, JAVA, classPath, main.getName()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /**
     * Starts what is there and does not run, one JobManager of however many, and ends what is no
     * longer there.
     */
    void sync() {
        Map<String, JsonNode> wanted = new HashMap<>();
        api.client()
                .apps()
                .deployments()
                .list()
                .getItems()
                .forEach(
                        each ->
                                wanted.put(
                                        each.getMetadata().getName(),
                                        ApiServer.manifest(each).at("/spec/template/spec")));
        for (Pod pod : api.client().pods().list().getItems()) {
            schedule(pod);
            wanted.put(pod.getMetadata().getName(), ApiServer.manifest(pod).at("/spec"));
        }
        for (String name : List.copyOf(processes.keySet())) {
            if (!wanted.containsKey(name)) {
                kill(name);
            }
        }
        wanted.forEach(
                (name, spec) -> {
                    if (!processes.containsKey(name)) {
                        processes.put(name, start(name, spec));
                    }
                });
    }

    /** Flink takes a TaskManager only from a pod that has a place. */
    private void schedule(Pod pod) {
        if (pod.getStatus() == null || pod.getStatus().getPhase() == null) {
            api.client()
                    .pods()
                    .withName(pod.getMetadata().getName())
                    .editStatus(
                            each ->
                                    new PodBuilder(each)
                                            .editOrNewStatus()
                                            .withPhase("Running")
                                            .addNewCondition()
                                            .withType("PodScheduled")
                                            .withStatus("True")
                                            .endCondition()
                                            .endStatus()
                                            .build());
        }
    }

    /** Kills a pod the hard way; the next {@link #sync} starts it anew if it is still wanted. */
    void kill(String name) {
        Process process = processes.remove(name);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process start(String name, JsonNode spec) {
        try {
            JsonNode container = spec.at("/containers/0");
            assertThat(spec.path("containers")).hasSize(1);
            mount(spec, container);
            List<String> command = new ArrayList<>();
            container.path("args").forEach(each -> command.add(each.asText()));
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    ProcessBuilder.Redirect.appendTo(
                                            directory.resolve(name + ".log").toFile()));
            Map<String, String> environment = builder.environment();
            environment.putAll(environment(container));
            environment.put(
                    "PATH",
                    "%s:%s/bin:%s"
                            .formatted(
                                    directory.resolve("bin"),
                                    System.getProperty("java.home"),
                                    environment.get("PATH")));
            environment.put("FLINK_CONF_DIR", configuration().toString());
            environment.put("KUBECONFIG", api.jobKubeconfig(directory).toString());
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Secrets and empty directories where the container looks for them. */
    private void mount(JsonNode spec, JsonNode container) throws IOException {
        for (JsonNode mount : container.path("volumeMounts")) {
            String path = mount.path("mountPath").asText();
            if (MOUNTS.stream().noneMatch(path::startsWith)) {
                continue;
            }
            Path here = Files.createDirectories(Path.of(directory + path));
            for (JsonNode volume : spec.path("volumes")) {
                JsonNode secret = volume.path("secret");
                if (volume.path("name").equals(mount.path("name")) && secret.isObject()) {
                    String name = secret.path("secretName").asText();
                    assertThat(secrets).containsKey(name);
                    for (Map.Entry<String, String> file : secrets.get(name).entrySet()) {
                        Files.writeString(here.resolve(file.getKey()), file.getValue());
                    }
                }
            }
        }
    }

    private Map<String, String> environment(JsonNode container) {
        Map<String, String> environment = new HashMap<>();
        for (JsonNode variable : container.path("env")) {
            String name = variable.path("name").asText();
            JsonNode secret = variable.at("/valueFrom/secretKeyRef");
            if (secret.isObject()) {
                environment.put(
                        name,
                        secrets.get(secret.path("name").asText()).get(secret.path("key").asText()));
            } else if (variable.at("/valueFrom/fieldRef/fieldPath")
                    .asText()
                    .equals("status.podIP")) {
                environment.put(name, "127.0.0.1");
            } else {
                environment.put(name, variable.path("value").asText());
            }
        }
        return environment;
    }

    /** The ConfigMaps that Flink made of the configuration, as files. */
    private Path configuration() throws IOException {
        Path files = Files.createDirectories(directory.resolve("conf"));
        for (var configMap : api.client().configMaps().list().getItems()) {
            String name = configMap.getMetadata().getName();
            for (Map.Entry<String, String> file : configMap.getData().entrySet()) {
                if (name.startsWith("flink-config-")) {
                    Files.writeString(files.resolve(file.getKey()), below(file.getValue()));
                } else if (name.startsWith("pod-template-")) {
                    template(file.getKey(), file.getValue());
                }
            }
        }
        return files;
    }

    private static void template(String name, String content) {
        try {
            Files.createDirectories(TEMPLATES);
            Files.writeString(TEMPLATES.resolve(name), content);
        } catch (IOException e) {
            throw new AssertionError(
                    "this test plays the pods of Flink, which looks for a template in "
                            + TEMPLATES
                            + " and nowhere else: run it where that can be written, as in a container",
                    e);
        }
    }

    private String below(String text) {
        String here = text;
        for (String mount : MOUNTS) {
            here = here.replace(mount, directory + mount);
        }
        return here;
    }

    /** The end of every log, for a message. */
    String lastLines() {
        StringBuilder lines = new StringBuilder();
        try (var logs = Files.newDirectoryStream(directory, "*.log")) {
            for (Path log : logs) {
                List<String> all = Files.readAllLines(log);
                lines.append(log.getFileName()).append(":\n");
                all.subList(Math.max(0, all.size() - 60), all.size())
                        .forEach(line -> lines.append(line).append('\n'));
            }
        } catch (IOException e) {
            lines.append(e);
        }
        return lines.toString();
    }

    @Override
    public void close() {
        List.copyOf(processes.keySet()).forEach(this::kill);
        // What it made, and of the directories above it those that are empty now.
        try {
            Files.deleteIfExists(TEMPLATES.resolve("taskmanager-pod-template.yaml"));
            for (Path each = TEMPLATES; each.getNameCount() > 1; each = each.getParent()) {
                Files.deleteIfExists(each);
            }
        } catch (DirectoryNotEmptyException others) {
            // Somebody else's files: they stay.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
