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

    /** Prometheus and promtool: Debian's package {@code prometheus}. */
    static void needPrometheus() {
        if (find("promtool").isEmpty() || find("prometheus").isEmpty()) {
            missing("prometheus and promtool are not on the PATH: apt-get install prometheus");
        }
    }

    /**
     * What a machine with nothing but a JDK and Maven does not have leaves tests out, each with its
     * reason; where everything is meant to be there, as in the build's own checks, it is a fault.
     */
    static void missing(String what) {
        if (System.getenv("DISTILLWATCH_ALL_TOOLS") != null) {
            throw new AssertionError(what);
        }
        Assumptions.abort(what);
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
