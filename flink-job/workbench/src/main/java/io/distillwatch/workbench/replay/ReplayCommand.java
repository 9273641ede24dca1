package io.distillwatch.workbench.replay;

import io.distillwatch.exchange.ExchangeParser;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.policy.PolicyParser;
import io.distillwatch.settings.DetectionOptions;
import io.distillwatch.settings.DetectionSettings;
import io.distillwatch.settings.SettingsException;
import io.distillwatch.workbench.local.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replay}: logs through the detection topology, without Kafka. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs exchange logs through the job's own graph, without Kafka, from the first line to the"
                    + " last.",
            "The same input gives the same campaigns, at any parallelism."
        })
public final class ReplayCommand implements Callable<Integer> {

    private static final String MAX_OUT_OF_ORDERNESS =
            DetectionOptions.PREFIX + "time.max-out-of-orderness";

    @Spec private CommandSpec spec;

    @Option(
            names = "--input",
            required = true,
            arity = "1..*",
            paramLabel = "FILE_OR_DIR",
            description =
                    "Logs, .jsonl or .jsonl.gz, or directories of them. Several are merged by event"
                            + " time.")
    private List<Path> input;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "Directory for the results; summary.json comes last.")
    private Path output;

    @Option(names = "--overwrite", description = "Replace results of an earlier replay in it.")
    private boolean overwrite;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Detection policy as JSON (default: the built-in one).")
    private Path policy;

    @Option(
            names = "--parallelism",
            defaultValue = "2",
            paramLabel = "N",
            description = "Subtasks of every operator, 1 to 128 (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Option(
            names = "--max-out-of-orderness",
            paramLabel = "D",
            description =
                    "How far a line may stand behind a later one and still count, e.g. 10min; the same"
                            + " as -D "
                            + MAX_OUT_OF_ORDERNESS
                            + "=D.")
    private String maxOutOfOrderness;

    @Option(
            names = "--managed-memory",
            defaultValue = "512m",
            paramLabel = "SIZE",
            description =
                    "Memory of RocksDB, outside of the heap, for all subtasks together (default:"
                            + " ${DEFAULT-VALUE}).")
    private String managedMemory;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "Any option of the job or of Flink; may be repeated.")
    private Map<String, String> options = Map.of();

    @Override
    public Integer call() throws InterruptedException {
        if (parallelism < 1 || parallelism > 128) {
            throw wrong("--parallelism is " + parallelism + "; allowed is 1 to 128");
        }
        try {
            Configuration configuration = configuration();
            DetectionSettings settings = DetectionOptions.read(configuration).detection();
            Replay replay =
                    new Replay(
                            InputFiles.find(input), settings, parallelism, memory(), configuration);
            return run(replay, policy());
        } catch (SettingsException e) {
            throw wrong(e.getMessage());
        } catch (IOException | ReplayFailed e) {
            spec.commandLine().getErr().println("replay: " + e.getMessage());
            return 1;
        }
    }

    private int run(Replay replay, DetectionPolicy policy)
            throws IOException, InterruptedException {
        ReplayOutput results = ReplayOutput.prepare(output, overwrite);
        DetectionSettings settings = replay.settings();
        long start = System.nanoTime();
        Replay.Outcome outcome;
        try (Progress progress =
                new Progress("replay", InputFiles.size(replay.files()), " MB", 1_000_000)) {
            outcome =
                    replay.run(
                            () -> new ExchangeParser(settings)::parse,
                            Replay.detection(policy),
                            results,
                            (bytes, lines, eventTime) ->
                                    progress.update(
                                            bytes,
                                            lines,
                                            (System.nanoTime() - start) / 1e9,
                                            eventTime));
        }
        ReplaySummary summary = ReplaySummary.of(outcome, parallelism);
        results.summarise(summary.json());
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "replay: %,d exchanges in %.1f s, %,.0f a second; %,d refused, %,d late; %,d %s in %s%n",
                summary.exchanges(),
                summary.seconds(),
                summary.exchangesPerSecond(),
                summary.rejected(),
                summary.late(),
                summary.campaigns(),
                summary.campaigns() == 1 ? "campaign" : "campaigns",
                output);
        out.flush();
        return 0;
    }

    private Configuration configuration() {
        Configuration configuration = Configuration.fromMap(options);
        if (maxOutOfOrderness != null) {
            configuration.setString(MAX_OUT_OF_ORDERNESS, maxOutOfOrderness);
        }
        return configuration;
    }

    private MemorySize memory() {
        try {
            return MemorySize.parse(managedMemory);
        } catch (IllegalArgumentException e) {
            throw wrong("--managed-memory is '" + managedMemory + "'; allowed is e.g. 512m or 2g");
        }
    }

    private DetectionPolicy policy() throws IOException {
        if (policy == null) {
            return DetectionPolicy.defaults();
        }
        try {
            return PolicyParser.parse(Files.readAllBytes(policy));
        } catch (IOException e) {
            throw new IOException(policy + " cannot be read", e);
        } catch (PolicyParser.InvalidPolicyException e) {
            throw wrong("--policy " + policy + ": " + e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
