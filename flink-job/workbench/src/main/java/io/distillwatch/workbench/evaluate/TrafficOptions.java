package io.distillwatch.workbench.evaluate;

import io.distillwatch.workbench.simulate.ArrivalTraces;
import io.distillwatch.workbench.simulate.Scenario;
import io.distillwatch.workbench.simulate.text.Corpus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of {@code simulate} that hold for all runs. */
final class TrafficOptions {

    @Option(
            names = "--days",
            defaultValue = "3",
            paramLabel = "D",
            description = "Event time of each run, may be a fraction. Default: ${DEFAULT-VALUE}.")
    private double days;

    @Option(
            names = "--ordinary",
            defaultValue = "6000",
            paramLabel = "N",
            description = "Ordinary accounts, look-alikes apart. Default: ${DEFAULT-VALUE}.")
    private int ordinary;

    @Option(
            names = "--prompts",
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Real texts of ordinary people ({source, text} a line, .jsonl or .jsonl.gz).")
    private List<Path> prompts = List.of();

    @Option(
            names = "--harvest",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Real questions of harvests.")
    private List<Path> harvest = List.of();

    @Option(
            names = "--templates",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Real wrappers of harvests.")
    private List<Path> templates = List.of();

    @Option(
            names = "--utterances",
            arity = "1..*",
            paramLabel = "FILE",
            description = "What the users of one app ask.")
    private List<Path> utterances = List.of();

    @Option(
            names = "--system-prompts",
            arity = "1..*",
            paramLabel = "FILE",
            description = "System prompts of apps.")
    private List<Path> systemPrompts = List.of();

    @Option(
            names = "--arrivals",
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Traces: .tar.gz of start_s,rate,cv,… files, or CSV with GeneratedTokens.")
    private List<Path> arrivals = List.of();

    /** Reads the files, once for all runs. */
    Traffic read() throws IOException {
        // refuses wrong numbers before the first run
        Scenario.of(1, days, ordinary, List.of());
        return new Traffic(
                days,
                ordinary,
                corpus(prompts),
                corpus(harvest),
                corpus(templates),
                corpus(utterances),
                corpus(systemPrompts),
                ArrivalTraces.read(arrivals));
    }

    private static Corpus corpus(List<Path> files) throws IOException {
        return files.isEmpty() ? null : Corpus.read(files, Scenario.DEFAULT_MAX_BYTES);
    }
}
