package io.distillwatch.workbench.evaluate;

import io.distillwatch.evidence.Signal;
import io.distillwatch.workbench.simulate.Presets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code evaluate}: scenarios by seeds, scored, beside baselines. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Simulates, replays and scores every scenario with every seed, and the baselines on the"
                    + " same traffic.",
            "Prints the table and writes evaluation.md and evaluation.json."
        })
public final class EvaluateCommand implements Callable<Integer> {

    private static final String NONE = "none";
    private static final String ALL = "all";
    private static final Pattern SEEDS = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

    @Spec private CommandSpec spec;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "Directory for the two files; made if missing.")
    private Path output;

    @Option(
            names = "--scenario",
            arity = "1..*",
            split = ",",
            paramLabel = "NAME",
            description = "Scenarios of simulate: ${COMPLETION-CANDIDATES}. Default: all.",
            completionCandidates = ScenarioNames.class)
    private List<String> scenarios = List.copyOf(Presets.names());

    @Option(
            names = "--seeds",
            defaultValue = "1-3",
            paramLabel = "N-M",
            description = "First and last seed, or one. Default: ${DEFAULT-VALUE}.")
    private String seeds;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Runs at a time. Default: half of the cores.")
    private int parallel = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    @Mixin private TrafficOptions traffic;

    @Option(
            names = "--audit",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Runs more, each with one kind of information taken out of the traffic:"
                            + " ${COMPLETION-CANDIDATES}. Default: none.",
            completionCandidates = AuditNames.class)
    private List<String> audits = List.of();

    @Option(
            names = "--ablation",
            split = ",",
            paramLabel = "SIGNAL",
            description =
                    "Runs more, each with the weight of one signal 0: ${COMPLETION-CANDIDATES}."
                            + " Default: none.",
            completionCandidates = SignalNames.class)
    private List<String> ablations = List.of();

    static final class ScenarioNames extends ArrayList<String> {
        ScenarioNames() {
            super(Presets.names());
        }
    }

    static final class AuditNames extends ArrayList<String> {
        AuditNames() {
            add(NONE);
            for (Audit audit : Audit.values()) {
                add(audit.toString());
            }
        }
    }

    static final class SignalNames extends ArrayList<String> {
        SignalNames() {
            super(Signal.names());
            add(ALL);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (parallel < 1) {
            throw wrong("--parallel is " + parallel + "; allowed is 1 and more");
        }
        List<Long> range = range(seeds);
        Matrix matrix;
        Traffic common;
        try {
            common = traffic.read();
            matrix = new Matrix(trials(range), common);
        } catch (IOException | IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
        Files.createDirectories(output);
        matrix.run(parallel);
        Evaluation evaluation = Evaluation.of(common, range, matrix.outcomes(), matrix.failed());
        Files.write(output.resolve("evaluation.json"), evaluation.json());
        Files.writeString(output.resolve("evaluation.md"), evaluation.markdown());
        PrintWriter out = spec.commandLine().getOut();
        out.print(evaluation.markdown());
        out.flush();
        return matrix.failed().isEmpty() ? 0 : 1;
    }

    private List<Trial> trials(List<Long> range) {
        List<Variant> variants = variants();
        List<Trial> trials = new ArrayList<>();
        for (String scenario : scenarios) {
            Presets.of(scenario); // refuses an unknown one before the first run
            for (Variant variant : variants) {
                for (long seed : range) {
                    trials.add(new Trial(scenario, variant, seed));
                }
            }
        }
        return trials;
    }

    private List<Variant> variants() {
        List<Variant> variants = new ArrayList<>();
        variants.add(Variant.PLAIN);
        for (String name : audits) {
            if (!name.equals(NONE)) {
                variants.add(new Variant(audit(name), null));
            }
        }
        for (String name : ablations.contains(ALL) ? Signal.names() : ablations) {
            variants.add(new Variant(null, signal(name)));
        }
        return variants;
    }

    private Audit audit(String name) {
        return Arrays.stream(Audit.values())
                .filter(audit -> audit.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong("--audit " + name + "; there are " + new AuditNames()));
    }

    private Signal signal(String name) {
        return Signal.byName(name)
                .orElseThrow(
                        () -> wrong("--ablation " + name + "; there are " + new SignalNames()));
    }

    private List<Long> range(String text) {
        Matcher matcher = SEEDS.matcher(text);
        if (matcher.matches()) {
            long first = Long.parseLong(matcher.group(1));
            long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
            if (first <= last) {
                return LongStream.rangeClosed(first, last).boxed().toList();
            }
        }
        throw wrong("--seeds is '" + text + "'; allowed is e.g. 1-10 or 7");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
