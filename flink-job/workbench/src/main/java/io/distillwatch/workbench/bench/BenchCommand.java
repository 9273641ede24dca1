package io.distillwatch.workbench.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.distillwatch.kafka.KafkaPreparation;
import io.distillwatch.kafka.KafkaTopics;
import io.distillwatch.settings.DetectionOptions;
import io.distillwatch.settings.KafkaSettings;
import io.distillwatch.workbench.local.WorkDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: what an exchange costs, beside what it must cost and beside plain SQL. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures the same recorded exchanges through (a) source and parse, (b) the whole job, (c)"
                    + " plain Flink SQL, (d) the same tuned, each in a process of its own, in turns,"
                    + " and prints medians and ratios.",
            "The processes get this one's options. Run it on an idle machine with -Xms3g -Xmx3g"
                    + " -XX:+UseParallelGC."
        })
public final class BenchCommand implements Callable<Integer> {

    /** Of each workload's topic. */
    static final int PARTITIONS = 4;

    private static final long QUICK_EXCHANGES = 20_000;

    @Spec private CommandSpec spec;

    @Option(
            names = "--exchanges",
            defaultValue = "500000",
            paramLabel = "N",
            description = "Of each workload (default: ${DEFAULT-VALUE}).")
    private long exchanges;

    @Option(
            names = "--rounds",
            defaultValue = "7",
            paramLabel = "N",
            description = "Of all rungs (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "20",
            paramLabel = "N",
            description = {
                "Rounds before these, which do not count, end when the compiler has worked less than a"
                        + " twentieth of the time twice in a row, and after so many (default:"
                        + " ${DEFAULT-VALUE}).",
                "The whole job is the most code: five million exchanges are compiled for."
            })
    private int warmUp;

    @Option(
            names = "--parallelism",
            defaultValue = "2",
            paramLabel = "N",
            description = "Default: ${DEFAULT-VALUE}.")
    private int parallelism;

    @Option(
            names = "--workload",
            split = ",",
            paramLabel = "NAME",
            description = "SPARSE, DENSE or both (default: both).")
    private List<Workload> workloads = List.of(Workload.values());

    @Option(
            names = "--managed-memory",
            defaultValue = "512m",
            paramLabel = "SIZE",
            description = "Memory of RocksDB for all subtasks (default: ${DEFAULT-VALUE}).")
    private String managedMemory;

    @Option(
            names = "--checkpoints",
            defaultValue = "10",
            paramLabel = "SECONDS",
            description = "Between two checkpoints (default: ${DEFAULT-VALUE}).")
    private int checkpoints;

    @Option(
            names = "--quick",
            description =
                    "One short round without a warm-up: shows that it runs, its figures mean nothing.")
    private boolean quick;

    @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the figures, every round of them, as JSON.")
    private Path json;

    @Override
    public Integer call() {
        if (exchanges < 1_000 || rounds < 1 || warmUp < 0 || parallelism < 1 || checkpoints < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--exchanges must be at least 1000; --rounds, --parallelism, --checkpoints at least"
                            + " 1; --warm-up at least 0");
        }
        try (WorkDirectory work = WorkDirectory.create("distillwatch-bench-broker-");
                BenchBroker broker = BenchBroker.start(work.path())) {
            prepare(broker);
            try (Ladder ladder = Ladder.start(run(broker))) {
                measure(broker, ladder);
            }
            return 0;
        } catch (IOException e) {
            System.err.println("bench: " + e);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private void measure(BenchBroker broker, Ladder ladder) throws IOException {
        ArrayNode all = new ObjectMapper().createArrayNode();
        for (Workload workload : workloads) {
            BenchResult result = measure(workload, broker, ladder);
            System.out.println(result.table());
            all.add(result.json());
        }
        if (json != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), all);
        }
    }

    private void prepare(BenchBroker broker) throws InterruptedException {
        Configuration configuration = new Configuration();
        configuration.setString(
                DetectionOptions.PREFIX + "kafka.bootstrap-servers", broker.bootstrapServers());
        configuration.setString(
                DetectionOptions.PREFIX + "kafka.partitions", Integer.toString(PARTITIONS));
        KafkaSettings kafka = DetectionOptions.read(configuration).kafka();
        KafkaPreparation preparation =
                new KafkaPreparation(kafka.properties(), Duration.ofSeconds(10), 3);
        preparation.prepare(KafkaTopics.forReplays(kafka));
        for (Workload workload : workloads) {
            configuration.setString(
                    DetectionOptions.PREFIX + "kafka.topic.llm-exchanges", workload.topic());
            preparation.prepare(
                    KafkaTopics.forReplays(DetectionOptions.read(configuration).kafka()));
        }
    }

    private BenchResult measure(Workload workload, BenchBroker broker, Ladder ladder)
            throws IOException {
        Workload.Filled filled =
                workload.fill(broker.bootstrapServers(), seed, quick ? QUICK_EXCHANGES : exchanges);
        BenchResult result = new BenchResult(workload, filled);
        ladder.warmUp(workload, filled.exchanges(), quick ? 0 : warmUp);
        for (int round = 0; round < (quick ? 1 : rounds); round++) {
            ladder.round(round, workload, filled.exchanges(), result);
        }
        return result;
    }

    private BenchRun run(BenchBroker broker) {
        return new BenchRun(
                broker.bootstrapServers(),
                parallelism,
                Duration.ofSeconds(quick ? 1 : checkpoints),
                MemorySize.parse(managedMemory));
    }
}
