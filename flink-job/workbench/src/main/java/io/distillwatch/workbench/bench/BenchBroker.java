package io.distillwatch.workbench.bench;

import io.distillwatch.workbench.cluster.EmbeddedBroker;
import io.distillwatch.workbench.local.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A broker in a process of its own, so that its work is not counted as the job's. */
final class BenchBroker implements AutoCloseable {

    private static final String READY = "ready";
    private static final long PATIENCE_SECONDS = 30;

    private final Process process;
    private final int port;

    private BenchBroker(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Runs until its standard input ends, which it does when the parent dies. */
    public static void main(String[] args) throws IOException {
        try (EmbeddedBroker broker =
                EmbeddedBroker.start(Integer.parseInt(args[0]), Path.of(args[1]))) {
            System.out.println(READY);
            while (System.in.read() >= 0) {
                continue;
            }
            System.out.println("stopped " + broker.port());
        }
    }

    static BenchBroker start(Path directory) throws IOException {
        int port = Ports.choose("--port", null, 19092);
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                BenchBroker.class.getName(),
                                Integer.toString(port),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader said =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        if (!READY.equals(line)) {
            process.destroy();
            throw new IOException("the broker's process did not start");
        }
        return new BenchBroker(process, port);
    }

    String bootstrapServers() {
        return "localhost:" + port;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
