package io.distillwatch.workbench.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.workbench.cluster.ProcessCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The jar that is handed to {@code flink run}, and what a plain Flink has beside it. */
final class JobJar {

    /** Of this module's class path: what the job brings, what tests use, and what SQL needs. */
    private static final String NOT_PLAIN_FLINK =
            "(distillwatch|kafka|flink-connector-(kafka|files)|jackson-|hash4j|datasketches|lz4-java"
                    + "|zstd|snappy|scala|.*-tests\\.jar|flink-(test|sql|table|python|json|csv|cep)"
                    + "|junit|assertj|awaitility|picocli).*";

    private JobJar() {}

    /** The jar as the job's module packaged it, before this module's tests. */
    static Path path() {
        Path jar = Path.of("../target/distillwatch-job.jar").toAbsolutePath().normalize();
        assertThat(jar).as("packaged by: mvn package -pl flink-job").exists();
        return jar;
    }

    /**
     * What stands in the lib folder of a Flink distribution: Flink, its dependencies, a logger.
     * Whatever the job needs of its own must come in its jar.
     */
    static List<Path> plainFlink() {
        List<Path> all =
                ProcessCluster.ownClassPath().stream()
                        .filter(path -> path.toString().endsWith(".jar"))
                        .filter(path -> !path.getFileName().toString().matches(NOT_PLAIN_FLINK))
                        .filter(Files::exists)
                        .toList();
        assertThat(all).isNotEmpty();
        return all;
    }
}
