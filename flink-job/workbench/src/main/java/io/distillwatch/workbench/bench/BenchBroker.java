package io.distillwatch.workbench.bench;

import io.distillwatch.workbench.cluster.EmbeddedBroker;
import io.distillwatch.workbench.local.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A broker in a process of its own, so that its work is not counted as the job's. */
final class BenchBroker implements AutoCloseable {

    private static final String READY = "ready";

    private final ChildJvm process;
    private final int port;

    private BenchBroker(ChildJvm process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The broker's process: runs until its standard input ends. */
    public static void main(String[] args) throws IOException {
        try (EmbeddedBroker broker =
                EmbeddedBroker.start(Integer.parseInt(args[0]), Path.of(args[1]))) {
            ChildJvm.answer(READY);
            while (System.in.read() >= 0) {
                continue;
            }
            System.out.println("stopped " + broker.port());
        }
    }

    static BenchBroker start(Path directory) throws IOException {
        int port = Ports.choose("--port", null, 19092);
        ChildJvm process =
                ChildJvm.start(
                        BenchBroker.class,
                        List.of("-Xmx512m"),
                        List.of(Integer.toString(port), directory.toString()));
        process.answer();
        return new BenchBroker(process, port);
    }

    String bootstrapServers() {
        return "localhost:" + port;
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
