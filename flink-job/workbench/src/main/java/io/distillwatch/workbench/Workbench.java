package io.distillwatch.workbench;

import io.distillwatch.workbench.bench.BenchCommand;
import io.distillwatch.workbench.demo.DemoCommand;
import io.distillwatch.workbench.evaluate.EvaluateCommand;
import io.distillwatch.workbench.grouping.GroupingCommand;
import io.distillwatch.workbench.replay.ReplayCommand;
import io.distillwatch.workbench.report.ReportCommand;
import io.distillwatch.workbench.score.ScoreCommand;
import io.distillwatch.workbench.simulate.SimulateCommand;
import io.distillwatch.workbench.sql.SqlCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The workbench: everything around the job that runs on one machine. */
@Command(
        name = "distillwatch-workbench",
        mixinStandardHelpOptions = true,
        version = "distillwatch-workbench 0.1.0",
        description = "Try, measure and judge Distillwatch on one machine.",
        subcommands = {
            BenchCommand.class,
            DemoCommand.class,
            EvaluateCommand.class,
            GroupingCommand.class,
            ReplayCommand.class,
            ReportCommand.class,
            ScoreCommand.class,
            SimulateCommand.class,
            SqlCommand.class
        })
public final class Workbench implements Runnable {

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    /** Runs a command and exits with its code: 0 done, 1 failed, 2 called wrongly. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Workbench()).execute(args));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "name a command, or --help for the list");
    }
}
