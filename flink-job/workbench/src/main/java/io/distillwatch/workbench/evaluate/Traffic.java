package io.distillwatch.workbench.evaluate;

import io.distillwatch.workbench.simulate.ArrivalTraces;
import io.distillwatch.workbench.simulate.Presets;
import io.distillwatch.workbench.simulate.Scenario;
import io.distillwatch.workbench.simulate.TrafficSimulator;
import io.distillwatch.workbench.simulate.text.Corpora;
import io.distillwatch.workbench.simulate.text.JsonBytes;
import io.distillwatch.workbench.simulate.text.Texts;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The traffic of all runs, scenario and seed apart. */
record Traffic(double days, int ordinary, Corpora texts, ArrivalTraces arrivals) {

    static final String LOG = "exchanges.jsonl";
    static final String TRUTH = "truth.json";

    private static final int CHUNK = 1 << 18;

    /** Writes the log and its truth; the same bytes for the same scenario and seed. */
    void write(String scenario, long seed, Path directory) throws IOException {
        TrafficSimulator simulator =
                new TrafficSimulator(
                        Scenario.of(seed, days, ordinary, Presets.of(scenario)),
                        texts.texts(Texts.DEFAULT_VERBATIM),
                        arrivals);
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(directory.resolve(LOG)), CHUNK)) {
            while (simulator.advance()) {
                JsonBytes line = simulator.line();
                out.write(line.array(), 0, line.length());
                out.write('\n');
            }
        }
        simulator.truth().write(directory.resolve(TRUTH));
    }
}
