package io.distillwatch.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image, as far as it can be judged without a registry: the layers that Jib puts on the base,
 * and that the Dockerfile copies what the build makes to where the chart looks.
 */
class ImageITCase {

    private static final Path TAR = Path.of("target/jib-image.tar");
    private static final Path DOCKERFILE = Path.of("image/Dockerfile");

    @TempDir private static Path unpacked;
    private static JsonNode config;

    @BeforeAll
    static void unpack() throws IOException {
        assertThat(TAR).as("made by mvn package").exists();
        run("tar", "-xf", TAR.toAbsolutePath().toString());
        config = new ObjectMapper().readTree(unpacked.resolve("config.json").toFile());
    }

    @Test
    void layersHoldTheJobAndTheS3PluginAndNothingElseOfFlink() throws IOException {
        List<String> files = new ArrayList<>();
        try (var layers = Files.newDirectoryStream(unpacked, "*.tar.gz")) {
            for (Path layer : layers) {
                run("tar", "-tzf", layer.toString())
                        .lines()
                        .filter(line -> !line.endsWith("/") && !line.startsWith("tar:"))
                        .filter(line -> !line.startsWith("app/"))
                        .forEach(files::add);
            }
        }

        assertThat(files)
                .containsExactlyInAnyOrder(
                        "opt/flink/usrlib/distillwatch-job.jar",
                        "opt/flink/plugins/s3-fs-hadoop/flink-s3-fs-hadoop-2.3.0.jar");
        assertThat(Chart.minimal().job().at("/spec/job/jarURI").asText())
                .isEqualTo("local:///opt/flink/usrlib/distillwatch-job.jar");
    }

    @Test
    void runsAsTheUserThatTheChartNames() {
        assertThat(config.at("/config/User").asText()).isEqualTo("9999:9999");
        assertThat(Chart.minimal().job().pods().values())
                .allSatisfy(
                        pod ->
                                assertThat(pod.at("/spec/securityContext/runAsUser").asInt())
                                        .isEqualTo(9999));
        assertThat(config.at("/config/Env").toString()).doesNotContainIgnoringCase("secret");
    }

    @Test
    void theJobIsInItsJarAndFlinkIsNot() throws IOException {
        try (JarFile jar = new JarFile("../flink-job/target/distillwatch-job.jar")) {
            String entryClass = Chart.minimal().job().at("/spec/job/entryClass").asText();
            assertThat(jar.getEntry(entryClass.replace('.', '/') + ".class")).isNotNull();
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo(entryClass);
            assertThat(jar.getEntry("org/apache/flink/runtime/jobmaster/JobMaster.class")).isNull();
        }
    }

    @Test
    void theDockerfileCopiesWhatTheBuildMakes() throws IOException {
        String dockerfile = Files.readString(DOCKERFILE);

        assertThat(dockerfile).contains("ARG FLINK=flink:2.3.0-scala_2.12-java17");
        assertThat(dockerfile).doesNotContain(":latest");
        Matcher copies =
                Pattern.compile("(?m)^COPY --chown=flink:flink (\\S+) (\\S+)$").matcher(dockerfile);
        List<String> targets = new ArrayList<>();
        while (copies.find()) {
            assertThat(Path.of("..", copies.group(1))).exists();
            targets.add(copies.group(2));
        }
        assertThat(targets)
                .containsExactly(
                        "/opt/flink/usrlib/distillwatch-job.jar",
                        "/opt/distillwatch/sql-lib/distillwatch-sql.jar");
        assertThat(dockerfile.strip()).endsWith("USER flink");
    }

    private static String run(String... command) {
        Tool.Result result = Tool.run(unpacked, Map.of(), command);
        assertThat(result.code()).as(result.output()).isZero();
        return result.output();
    }
}
