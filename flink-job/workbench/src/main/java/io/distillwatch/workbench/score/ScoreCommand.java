package io.distillwatch.workbench.score;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code score}: compares what was flagged with what was planted. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description =
                "Leakage, pieces, members, false flags: what a detector flagged against what was planted.")
public final class ScoreCommand implements Callable<Integer> {

    @CommandLine.Spec private CommandSpec spec;

    @Option(
            names = "--truth",
            required = true,
            paramLabel = "FILE",
            description = "The truth.json of the traffic.")
    private Path truth;

    @Option(
            names = "--flags",
            required = true,
            paramLabel = "DIR",
            description =
                    "Holds distillation-campaigns.jsonl and distillation-campaign-members.jsonl, as replay writes them.")
    private Path flags;

    @Option(
            names = "--traffic",
            paramLabel = "DIR",
            description = "Holds exchanges.jsonl or .jsonl.gz. Default: where the truth is.")
    private Path traffic;

    @Option(names = "--json", description = "One line of JSON instead of the table.")
    private boolean json;

    @Override
    public Integer call() {
        Path beside = truth.toAbsolutePath().getParent();
        Score score;
        try {
            score =
                    Scorer.score(
                            ScoreFiles.planted(truth, traffic == null ? beside : traffic),
                            ScoreFiles.flags(flags));
        } catch (IOException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                json ? ScoreReport.json(score) + System.lineSeparator() : ScoreReport.table(score));
        out.flush();
        return 0;
    }
}
