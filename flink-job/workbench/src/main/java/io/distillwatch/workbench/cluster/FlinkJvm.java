package io.distillwatch.workbench.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One JVM of a cluster, with its log. */
final class FlinkJvm {

    /** What Flink's own start scripts open on Java 17, as its config.yaml has it. */
    private static final List<String> OPENED =
            List.of(
                    "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.net=ALL-UNNAMED",
                    "--add-opens=java.base/java.io=ALL-UNNAMED",
                    "--add-opens=java.base/java.nio=ALL-UNNAMED",
                    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                    "--add-opens=java.base/java.text=ALL-UNNAMED",
                    "--add-opens=java.base/java.time=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                    "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
                    "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED");

    /** Name of the file in the configuration directory. */
    static final String LOG_CONFIGURATION = "log4j2.properties";

    /** Of a log, when something went wrong. */
    private static final int LAST_LINES = 40;

    private final Process process;
    private final Path log;

    private FlinkJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a main class of Flink.
     *
     * @param classPath of the JVM; not that of jobs, which bring their own
     * @param configuration directory with config.yaml and the configuration of the log
     * @param log where its output goes
     */
    static FlinkJvm start(
            String mainClass,
            List<Path> classPath,
            List<String> jvmArguments,
            List<String> arguments,
            Path configuration,
            Path log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Two cores are shared by all: compile cheaply, collect on one thread.
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=4");
        command.addAll(OPENED);
        command.addAll(jvmArguments);
        command.add(
                "-Dlog4j2.configurationFile=" + configuration.resolve(LOG_CONFIGURATION).toUri());
        command.add("-cp");
        command.add(String.join(":", classPath.stream().map(Path::toString).toList()));
        command.add(mainClass);
        command.addAll(arguments);
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile());
            builder.environment().put("FLINK_CONF_DIR", configuration.toString());
            return new FlinkJvm(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.get(0), e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** {@code kill -9}: no shutdown hook, no last message to anyone. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    /** Waits for it to end by itself; kills it when the time is over. */
    int exitCode(Duration most) {
        try {
            if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a command ran", e);
        }
    }

    private void await() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The whole log so far. */
    String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "cannot read " + log + ": " + e;
        }
    }

    /** The end of the log, under its name. */
    String lastLines() {
        List<String> lines = log().lines().toList();
        return log.getFileName()
                + ":\n"
                + String.join(
                        "\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }
}
