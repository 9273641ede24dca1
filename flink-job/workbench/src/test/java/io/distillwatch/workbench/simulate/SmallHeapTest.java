package io.distillwatch.workbench.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A week of 100,000 accounts must stream: accounts are held, exchanges are not. */
class SmallHeapTest {

    @TempDir private Path directory;

    @Test
    void aHundredThousandAccountsFitInto96Megabytes() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx96m",
                                        "-XX:+UseSerialGC",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        "io.distillwatch.workbench.Workbench",
                                        "simulate",
                                        "--output",
                                        directory.toString(),
                                        "--scenario",
                                        "none",
                                        "--ordinary",
                                        "100000",
                                        "--days",
                                        "7",
                                        "--per-day",
                                        "0.1",
                                        "--no-look-alikes",
                                        "--gzip"))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).contains("exchanges in");
    }
}
