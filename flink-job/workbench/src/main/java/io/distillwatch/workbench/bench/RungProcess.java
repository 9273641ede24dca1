package io.distillwatch.workbench.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/**
 * One rung in a process of its own, which stays for all rounds. In one process for all, code that
 * they share would be compiled for what all of them do with it, and thrown away whenever the next
 * one does something new: no deployed job shares its process with others.
 */
final class RungProcess implements AutoCloseable {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final ChildJvm process;

    private RungProcess(ChildJvm process) {
        this.process = process;
    }

    /** Starts it with the options that this virtual machine was started with. */
    static RungProcess start(Rung rung, BenchRun run) throws IOException {
        return new RungProcess(
                ChildJvm.start(
                        RungProcess.class,
                        ManagementFactory.getRuntimeMXBean().getInputArguments(),
                        List.of(
                                rung.name(),
                                run.bootstrapServers(),
                                Integer.toString(run.parallelism()),
                                run.checkpoints().toString(),
                                run.managedMemory().toString())));
    }

    /** The rung's process: measures what it is asked for until its standard input ends. */
    public static void main(String[] args) throws Exception {
        Rung rung = Rung.valueOf(args[0]);
        BenchRun run =
                new BenchRun(
                        args[1],
                        Integer.parseInt(args[2]),
                        Duration.parse(args[3]),
                        MemorySize.parse(args[4]));
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (RungCluster cluster =
                RungCluster.start(rung, run.parallelism(), run.managedMemory())) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", 3);
                Workload workload = Workload.valueOf(words[0]);
                ChildJvm.answer(
                        JSON.writeValueAsString(
                                run.measure(
                                        cluster,
                                        rung,
                                        workload,
                                        Long.parseLong(words[1]),
                                        words[2])));
            }
        }
    }

    /**
     * One run.
     *
     * @param exchanges in the workload's topic
     * @param run a name that no other run of the rung has
     */
    Measurement measure(Workload workload, long exchanges, String run) throws IOException {
        return JSON.readValue(
                process.ask(workload.name() + " " + exchanges + " " + run), Measurement.class);
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
