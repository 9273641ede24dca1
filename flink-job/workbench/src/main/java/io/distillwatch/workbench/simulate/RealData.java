package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.Corpora;
import io.distillwatch.workbench.simulate.text.Corpus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that name real texts and arrivals, for every command that simulates. */
public final class RealData {

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

    /**
     * Reads the texts.
     *
     * @param maxBytes longer texts are cut
     */
    public Corpora texts(int maxBytes) throws IOException {
        return new Corpora(
                corpus(prompts, maxBytes),
                corpus(harvest, maxBytes),
                corpus(templates, maxBytes),
                corpus(utterances, maxBytes),
                corpus(systemPrompts, maxBytes));
    }

    /** Reads the traces. */
    public ArrivalTraces arrivals() throws IOException {
        return ArrivalTraces.read(arrivals);
    }

    private static Corpus corpus(List<Path> files, int maxBytes) throws IOException {
        return files.isEmpty() ? null : Corpus.read(files, maxBytes);
    }
}
