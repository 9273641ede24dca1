package io.distillwatch.workbench.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What is in the jar that people deploy. */
class JobJarITCase {

    /** All that the job brings; whatever else shows up came along by accident. */
    private static final List<String> BROUGHT =
            List.of(
                    "io/distillwatch/",
                    "org/apache/flink/connector/kafka/",
                    "org/apache/flink/streaming/connectors/kafka/",
                    "org/apache/flink/streaming/util/serialization/JSONKeyValue",
                    "org/apache/kafka/clients/",
                    "org/apache/kafka/common/",
                    // Interfaces of broker plug-ins that the client's jar holds.
                    "org/apache/kafka/server/authorizer/",
                    "org/apache/kafka/server/policy/",
                    "org/apache/kafka/server/quota/",
                    "org/apache/kafka/server/telemetry/",
                    // Protocol buffers for the client's metrics.
                    "org/apache/kafka/shaded/",
                    "com/fasterxml/jackson/",
                    "com/dynatrace/hash4j/",
                    "org/apache/datasketches/",
                    "org/apache/commons/lang3/",
                    "com/github/luben/zstd/",
                    "net/jpountz/",
                    "org/xerial/snappy/");

    @Test
    void holdsTheJobAndItsLibrariesAndNothingOfFlinkTheBrokerOrTheWorkbench() throws IOException {
        try (JarFile jar = new JarFile(JobJar.path().toFile())) {
            List<String> classes =
                    jar.stream()
                            .map(entry -> entry.getName())
                            .filter(name -> name.endsWith(".class"))
                            .map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""))
                            .toList();

            assertThat(classes)
                    .contains(
                            "io/distillwatch/DetectionJob.class",
                            "org/apache/kafka/clients/consumer/KafkaConsumer.class",
                            "org/apache/flink/connector/kafka/sink/KafkaSink.class")
                    .allMatch(name -> BROUGHT.stream().anyMatch(name::startsWith))
                    .noneMatch(name -> name.startsWith("io/distillwatch/workbench/"))
                    .noneMatch(name -> name.contains("/table/"));
        }
    }

    @Test
    void saysWhereItStartsAndThatItHasCodeForSeveralVersionsOfJava() throws IOException {
        try (JarFile jar = new JarFile(JobJar.path().toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();

            assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS))
                    .isEqualTo("io.distillwatch.DetectionJob");
            assertThat(manifest.getValue(Attributes.Name.MULTI_RELEASE)).isEqualTo("true");
        }
    }

    @Test
    void keepsTheLicencesOfWhatItHolds() throws IOException {
        try (JarFile jar = new JarFile(JobJar.path().toFile())) {
            assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
            assertThat(jar.getEntry("META-INF/NOTICE")).isNotNull();
        }
    }
}
