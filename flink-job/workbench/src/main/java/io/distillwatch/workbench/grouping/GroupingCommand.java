package io.distillwatch.workbench.grouping;

import io.distillwatch.settings.DetectionSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code grouping}: the job's grouping of accounts by what they act on, beside lock-step. */
@Command(
        name = "grouping",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs who acted on what and when through the job's grouping stage alone, each target a"
                    + " prompt family, and through lock-step.",
            "Prints how many accounts each groups. Nothing is judged: what was asked is not known."
        })
public final class GroupingCommand implements Callable<Integer> {

    private static final List<Duration> WINDOWS =
            List.of(
                    Duration.ofHours(1),
                    Duration.ofDays(1),
                    Duration.ofDays(7),
                    Duration.ofDays(30));

    @Spec private CommandSpec spec;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "FILE",
            description = "CSV or .csv.gz with the columns account, target and time (ISO-8601).")
    private Path input;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the table there as well.")
    private Path json;

    @Override
    public Integer call() {
        List<Act> acts;
        try {
            acts = Acts.read(input);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        try {
            Comparison comparison = compare(acts);
            PrintWriter out = spec.commandLine().getOut();
            out.print(comparison.markdown());
            out.flush();
            write(comparison);
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("grouping: " + e.getMessage());
            return 1;
        }
    }

    private void write(Comparison comparison) throws IOException {
        if (json == null) {
            return;
        }
        try {
            Files.write(json, comparison.json());
        } catch (IOException e) {
            throw new IOException("--json " + json + " cannot be written", e);
        }
    }

    private static Comparison compare(List<Act> acts) throws IOException {
        DetectionSettings settings = GroupingStage.settings();
        int minAccounts = settings.families().minAccounts();
        List<Set<String>> grouped = GroupingStage.groups(acts, settings);
        LockStep lockStep = new LockStep(acts, minAccounts);
        Map<Duration, LockStep.Found> found = new LinkedHashMap<>();
        WINDOWS.forEach(window -> found.put(window, lockStep.find(window)));
        return Comparison.of(acts, minAccounts, grouped, settings.groups().memory(), found);
    }
}
