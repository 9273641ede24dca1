package io.distillwatch.helm;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Programs of this machine that tests call. */
final class Tool {

    /**
     * What one call printed, both streams together, and its exit code.
     *
     * @param code 0 for success
     */
    record Result(int code, String output) {}

    private Tool() {}

    /**
     * Prometheus and promtool: Debian's package {@code prometheus}. A machine without it and
     * without a way to it says {@code -Dhelm.skipPrometheus=true}; otherwise it is missed.
     */
    static void needPrometheus() {
        Assumptions.assumeFalse(
                Boolean.getBoolean("helm.skipPrometheus"), "helm.skipPrometheus is set");
        if (find("promtool").isEmpty() || find("prometheus").isEmpty()) {
            throw new AssertionError(
                    "prometheus and promtool are not on the PATH: apt-get install prometheus, or"
                            + " leave these tests out with -Dhelm.skipPrometheus=true");
        }
    }

    static Optional<Path> find(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs a command to its end, for five minutes at most: machines are busy. */
    static Result run(Path directory, Map<String, String> environment, String... command) {
        try {
            File output = File.createTempFile("tool", ".out");
            output.deleteOnExit();
            ProcessBuilder builder =
                    new ProcessBuilder(List.of(command))
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " did not end");
            }
            return new Result(
                    process.exitValue(), Files.readString(output.toPath(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
