package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.local.Progress;
import io.distillwatch.workbench.simulate.text.JsonBytes;
import io.distillwatch.workbench.simulate.text.Texts;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code simulate}: writes a log of exchanges and the truth about it. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Write simulated traffic (exchanges.jsonl) and what was planted in it (truth.json).",
            "Same options and seed, same bytes."
        })
public final class SimulateCommand implements Callable<Integer> {

    private static final int CHUNK = 1 << 18;

    private static final long HOUR = 3_600_000L;

    /** Exchanges between two looks at the bar. */
    private static final int STEP = 5_000;

    @CommandLine.Spec private CommandSpec spec;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "Directory to write into; made if missing.")
    private Path output;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--scenario",
            arity = "1..*",
            paramLabel = "NAME",
            description =
                    "What is planted: one or several of ${COMPLETION-CANDIDATES}. Default: reference.",
            completionCandidates = ScenarioNames.class)
    private List<String> scenarios = List.of("reference");

    @Option(
            names = "--days",
            defaultValue = "3",
            paramLabel = "D",
            description = "Event time covered, may be a fraction. Default: ${DEFAULT-VALUE}.")
    private double days;

    @Option(
            names = "--ordinary",
            defaultValue = "6000",
            paramLabel = "N",
            description = "Ordinary accounts, look-alikes apart. Default: ${DEFAULT-VALUE}.")
    private int ordinary;

    @Option(
            names = "--per-day",
            defaultValue = "6",
            paramLabel = "X",
            description =
                    "Mean exchanges of an ordinary account and day. Default: ${DEFAULT-VALUE}.")
    private double perDay;

    @Option(
            names = "--start",
            paramLabel = "T",
            description = "Event time of the beginning, ISO-8601. Default: 2026-06-01T00:00:00Z.")
    private String start;

    @Option(
            names = "--look-alike",
            paramLabel = "NAME=N",
            description =
                    "Accounts of one kind of look-alike, 0 for none; repeatable. Kinds: ${COMPLETION-CANDIDATES}.",
            completionCandidates = LookAlikeNames.class)
    private Map<String, Integer> lookAlikes = Map.of();

    @Option(
            names = "--no-look-alikes",
            description = "Leave out all that --look-alike does not name.")
    private boolean noLookAlikes;

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "FIELD",
            description = "Optional fields that no record has: ${COMPLETION-CANDIDATES}.",
            completionCandidates = FieldNames.class)
    private List<String> without = List.of();

    @Option(
            names = "--campaign-start",
            paramLabel = "HOURS",
            description = "Hours after the beginning. Default: at random within the first third.")
    private Double campaignStart;

    @Option(
            names = "--campaign-accounts",
            paramLabel = "N",
            description = "Accounts of every campaign, instead of the scenario's.")
    private Integer campaignAccounts;

    @CommandLine.Mixin private RealData real;

    @Option(
            names = "--verbatim",
            defaultValue = "0.3",
            paramLabel = "S",
            description =
                    "Share of ordinary first questions that repeat --prompts exactly. Default: ${DEFAULT-VALUE}.")
    private double verbatim;

    @Option(
            names = "--max-text",
            defaultValue = "2000",
            paramLabel = "BYTES",
            description = "Longer texts are cut. Default: ${DEFAULT-VALUE}.")
    private int maxText;

    @Option(names = "--gzip", description = "Write exchanges.jsonl.gz.")
    private boolean gzip;

    static final class ScenarioNames extends ArrayList<String> {
        ScenarioNames() {
            super(Presets.names());
        }
    }

    static final class LookAlikeNames extends ArrayList<String> {
        LookAlikeNames() {
            for (LookAlike kind : LookAlike.values()) {
                add(kind.toString());
            }
        }
    }

    static final class FieldNames extends ArrayList<String> {
        FieldNames() {
            for (Field field : Field.values()) {
                add(field.toString());
            }
        }
    }

    @Override
    public Integer call() throws IOException {
        TrafficSimulator simulator;
        long length;
        try {
            Scenario scenario = scenario();
            length = scenario.length().toMillis();
            simulator = new TrafficSimulator(scenario, texts(), real.arrivals());
        } catch (IllegalArgumentException | DateTimeException | IOException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        Files.createDirectories(output);
        Path log = output.resolve(gzip ? "exchanges.jsonl.gz" : "exchanges.jsonl");
        // a log of an earlier run would be read along with this one
        Files.deleteIfExists(output.resolve(gzip ? "exchanges.jsonl" : "exchanges.jsonl.gz"));
        long started = System.nanoTime();
        long exchanges;
        try (OutputStream out = open(log)) {
            exchanges = write(simulator, length, out);
        }
        simulator.truth().write(output.resolve("truth.json"));
        double seconds = (System.nanoTime() - started) / 1e9;
        PrintWriter console = spec.commandLine().getOut();
        console.printf(
                Locale.ROOT,
                "%,d exchanges in %.1f s (%,.0f a second) to %s%n",
                exchanges,
                seconds,
                exchanges / Math.max(seconds, 1e-3),
                log);
        console.flush();
        return 0;
    }

    private Scenario scenario() {
        List<CampaignPlan> plans = new ArrayList<>();
        for (String name : scenarios) {
            for (CampaignPlan plan : Presets.of(name)) {
                if (campaignStart != null) {
                    plan.startsAfter(Duration.ofMillis((long) (campaignStart * 3_600_000)));
                }
                if (campaignAccounts != null) {
                    plan.accounts(campaignAccounts);
                }
                plans.add(plan);
            }
        }
        Map<LookAlike, Integer> sizes = new EnumMap<>(LookAlike.class);
        if (noLookAlikes) {
            for (LookAlike kind : LookAlike.values()) {
                sizes.put(kind, 0);
            }
        }
        lookAlikes.forEach((name, size) -> sizes.put(LookAlike.named(name), size));
        return new Scenario(
                seed,
                start == null ? Scenario.DEFAULT_START : Instant.parse(start),
                Duration.ofMillis((long) (days * 86_400_000.0)),
                ordinary,
                perDay,
                sizes,
                plans,
                without.stream().map(Field::named).collect(Collectors.toSet()),
                maxText);
    }

    private Texts texts() throws IOException {
        if (!(verbatim >= 0 && verbatim <= 1)) {
            throw new IllegalArgumentException("--verbatim: " + verbatim + " is not in 0 to 1");
        }
        return real.texts(maxText).texts(verbatim);
    }

    private OutputStream open(Path log) throws IOException {
        OutputStream file = Files.newOutputStream(log);
        if (!gzip) {
            return new BufferedOutputStream(file, CHUNK);
        }
        return new BufferedOutputStream(
                new GZIPOutputStream(file, CHUNK) {
                    {
                        // the log is read once or twice: speed before size
                        def.setLevel(Deflater.BEST_SPEED);
                    }
                },
                CHUNK);
    }

    private static long write(TrafficSimulator simulator, long length, OutputStream out)
            throws IOException {
        long exchanges = 0;
        long begin = simulator.startsAt();
        long started = System.nanoTime();
        try (Progress progress = new Progress("simulate", length, " h", HOUR)) {
            while (simulator.advance()) {
                JsonBytes line = simulator.line();
                out.write(line.array(), 0, line.length());
                out.write('\n');
                exchanges++;
                if (exchanges % STEP == 0) {
                    double seconds = (System.nanoTime() - started) / 1e9;
                    long now = simulator.eventTime();
                    progress.update(now - begin, exchanges, seconds, now);
                }
            }
        }
        return exchanges;
    }
}
