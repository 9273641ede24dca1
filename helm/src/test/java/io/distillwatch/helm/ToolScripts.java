package io.distillwatch.helm;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The scripts of the tools' ConfigMap, with Kafka's own tools behind the names they call.
 *
 * @param directory where the kubelet's mounts and the scripts lie
 * @param mount where pods have the mounts
 * @param tools the ConfigMap
 * @param job one of the Jobs that run them
 */
record ToolScripts(Path directory, String mount, Manifest tools, Manifest job) {

    /** Of the class path, what Kafka's tools have no use for. */
    private static final Pattern NOT_KAFKA =
            Pattern.compile("/(classes|org/apache/flink|io/(fabric8|strimzi|netty|github))(/|$)");

    /** Runs a script of the ConfigMap with the environment that its Job gives it. */
    Tool.Result run(String name) throws IOException {
        Path files = Files.createDirectories(directory.resolve("tools"));
        for (Map.Entry<String, String> file : Manifest.strings(tools.at("/data")).entrySet()) {
            Files.writeString(
                    files.resolve(file.getKey()),
                    file.getValue().replace(mount, directory.toString()));
        }
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Map<String, String> mains =
                Map.of(
                        "kafka-topics.sh", "org.apache.kafka.tools.TopicCommand",
                        "kafka-configs.sh", "kafka.admin.ConfigCommand",
                        "kafka-console-producer.sh", "org.apache.kafka.tools.ConsoleProducer");
        for (Map.Entry<String, String> tool : mains.entrySet()) {
            Path file = bin.resolve(tool.getKey());
            Files.writeString(
                    file,
                    """
                    #!/bin/sh
                    exec "%s/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m %s "$@"
                    """
                            .formatted(System.getProperty("java.home"), tool.getValue()));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Map<String, String> environment = new HashMap<>();
        job.at("/spec/template/spec/containers/0/env")
                .forEach(
                        variable ->
                                environment.put(
                                        variable.path("name").asText(),
                                        variable.path("value").asText()));
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        environment.put("FILES", files.toString());
        environment.put("CLIENT_PROPERTIES", files.resolve("client.properties").toString());
        environment.put("CLASSPATH", kafkaClassPath());
        return Tool.run(directory, environment, "bash", files.resolve(name).toString());
    }

    /** Of this JVM what Kafka's tools need: a tool starts in half the time that way. */
    private static String kafkaClassPath() {
        String own =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(own.split(File.pathSeparator, -1))
                .filter(entry -> !NOT_KAFKA.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
