package io.distillwatch.workbench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.distillwatch.workbench.cluster.Await;
import io.distillwatch.workbench.score.ScoreCommand;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The packaged demo as people start it, again, and end it. */
final class DemoITCase {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What a JVM that a signal has ended returns: 128 and the number of SIGTERM. */
    private static final int ENDED_BY_SIGNAL = 128 + 15;

    @TempDir private Path directory;

    private Path temporary;
    private Path output;
    private Path log;
    private Process demo;

    @BeforeEach
    void prepare() throws IOException {
        temporary = Files.createDirectory(directory.resolve("tmp"));
        output = directory.resolve("out");
        log = directory.resolve("demo.log");
    }

    @AfterEach
    void end() {
        if (demo != null) {
            demo.destroyForcibly();
        }
    }

    @Test
    void startsBesideWhatHoldsItsPortsAndInADirectoryThatWasUsedBefore() throws Exception {
        Files.createDirectories(output);
        Files.writeString(output.resolve("distillation-campaigns.jsonl"), "left by the last one\n");
        Files.writeString(output.resolve("account-metrics.jsonl"), "left by the last one\n");
        List<ServerSocket> taken = new ArrayList<>();
        try {
            for (int port : new int[] {9092, 8081}) {
                take(port, taken);
            }
            start("--days", "0.1", "--speed", "3000", "--ordinary", "100");

            assertThat(demo.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            for (ServerSocket socket : taken) {
                socket.close();
            }
        }
        assertThat(demo.exitValue()).as(said()).isZero();
        assertThat(said()).doesNotContain("localhost:9092", "localhost:8081").contains("Report: ");
        assertThat(output.resolve("report.html")).isNotEmptyFile();
        assertScoresAgain();
        for (String line : Files.readAllLines(output.resolve("account-metrics.jsonl"))) {
            assertThat(new ObjectMapper().readTree(line).path("account_id").isTextual()).isTrue();
        }
        assertThat(output.resolve("distillation-campaigns.jsonl"))
                .content()
                .doesNotContain("left by the last one");
        assertNothingIsLeft();
    }

    @Test
    void endsCleanlyWhenItIsInterrupted() throws Exception {
        start("--days", "2", "--speed", "600", "--ordinary", "100");
        Await.until("traffic", PATIENCE, () -> said().contains("days of simulated traffic"));

        demo.destroy();

        assertEndedCleanly();
    }

    @Test
    void endsCleanlyWhenItIsInterruptedWhileItStarts() throws Exception {
        start("--days", "2", "--speed", "600", "--ordinary", "100");
        Await.until("a first directory", PATIENCE, () -> !left().isEmpty());

        demo.destroy();

        assertEndedCleanly();
    }

    private void start(String... arguments) throws IOException {
        Path jar = Path.of("target/distillwatch-workbench.jar");
        assertThat(jar).as("packaged by: mvn package -pl flink-job/workbench").exists();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx1g",
                                "-Djava.io.tmpdir=" + temporary,
                                "-jar",
                                jar.toString(),
                                "demo",
                                "--output",
                                output.toString()));
        command.addAll(List.of(arguments));
        demo =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
    }

    /** Listens at a port, unless something else on this machine does already. */
    private static void take(int port, List<ServerSocket> sockets) throws IOException {
        try {
            sockets.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (BindException taken) {
            // Just as good.
        }
    }

    /** What the demo leaves is enough to score it again. */
    private void assertScoresAgain() {
        assertThat(
                        new CommandLine(new ScoreCommand())
                                .execute(
                                        "--json",
                                        "--truth",
                                        output.resolve("truth.json").toString(),
                                        "--flags",
                                        output.toString()))
                .isZero();
    }

    private void assertEndedCleanly() throws Exception {
        assertThat(demo.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isEqualTo(ENDED_BY_SIGNAL);
        assertThat(said()).doesNotContain("Exception", "\tat ", "ERROR", "demo: ");
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() throws IOException {
        assertThat(left()).as(said()).isEmpty();
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.toList();
        }
    }

    private String said() throws IOException {
        return Files.readString(log);
    }
}
