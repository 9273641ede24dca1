package io.distillwatch.workbench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code report}: the page that shows why. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Writes one HTML page that shows what was flagged and why.")
public final class ReportCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--flags",
            required = true,
            paramLabel = "DIR",
            description = "Directory that replay or demo wrote.")
    private Path flags;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "truth.json of a simulation, to show planted against found.")
    private Path truth;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = "report.html",
            description = "Page to write (default: ${DEFAULT-VALUE}).")
    private Path output;

    @Override
    public Integer call() {
        try {
            ReportPage.write(flags, truth, output);
            spec.commandLine().getOut().println("report: " + output.toAbsolutePath().normalize());
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("report: " + e.getMessage());
            return 1;
        }
    }
}
