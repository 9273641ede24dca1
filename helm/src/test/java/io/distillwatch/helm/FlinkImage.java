package io.distillwatch.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.workbench.cluster.ProcessCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the official image has, from this module's class path: Flink and a logger in lib, file
 * systems and reporters as plugins. Whatever the job needs of its own must come in its jar.
 */
final class FlinkImage {

    /** Where the build copies them; the environment of these tests names it to Flink. */
    private static final Path PLUGINS = Path.of("target/plugins").toAbsolutePath();

    private static final Pattern LIB =
            Pattern.compile(
                    "/(flink-(annotations|clients|connector-(base|datagen)|core|core-api|datastream"
                            + "|datastream-api|dstl-dfs|file-sink-common|hadoop-fs|kubernetes"
                            + "|metrics-core|queryable-state-client-java|rpc-akka-loader|rpc-core"
                            + "|runtime|runtime-web|shaded-[a-z0-9-]+|statebackend-[a-z]+"
                            + "|streaming-java)-[0-9][0-9A-Za-z.-]*(?<!-tests)"
                            + "|commons-.*|frocksdbjni.*|RoaringBitmap.*|kryo.*|reflectasm.*"
                            + "|objenesis.*|minlog.*|javassist.*|jsr305.*|snakeyaml-engine.*"
                            + "|async-profiler.*|slf4j-api-2.*|log4j-(api|core|slf4j2-impl)-.*)"
                            + "\\.jar$");

    private FlinkImage() {}

    static List<Path> lib() {
        assertThat(PLUGINS.resolve("s3-fs-hadoop")).as("made by mvn package").isDirectory();
        assertThat(System.getenv("FLINK_PLUGINS_DIR")).isEqualTo(PLUGINS.toString());
        return ProcessCluster.ownClassPath().stream()
                .filter(path -> LIB.matcher(path.toString()).find())
                .filter(Files::exists)
                .toList();
    }
}
