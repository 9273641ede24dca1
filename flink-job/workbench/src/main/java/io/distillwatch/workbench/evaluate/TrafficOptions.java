package io.distillwatch.workbench.evaluate;

import io.distillwatch.workbench.simulate.RealData;
import io.distillwatch.workbench.simulate.Scenario;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;
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

    @Mixin private RealData real;

    /** Reads the files, once for all runs. */
    Traffic read() throws IOException {
        // refuses wrong numbers before the first run
        Scenario.of(1, days, ordinary, List.of());
        return new Traffic(days, ordinary, real.texts(Scenario.DEFAULT_MAX_BYTES), real.arrivals());
    }
}
