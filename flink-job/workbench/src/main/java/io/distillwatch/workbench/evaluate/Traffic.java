package io.distillwatch.workbench.evaluate;

import io.distillwatch.workbench.simulate.ArrivalTraces;
import io.distillwatch.workbench.simulate.Presets;
import io.distillwatch.workbench.simulate.Scenario;
import io.distillwatch.workbench.simulate.TrafficSimulator;
import io.distillwatch.workbench.simulate.text.Corpus;
import io.distillwatch.workbench.simulate.text.JsonBytes;
import io.distillwatch.workbench.simulate.text.Texts;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The traffic of all runs, scenario and seed apart. A corpus that is {@code null} means: the
 * simulator's own texts.
 */
record Traffic(
        double days,
        int ordinary,
        Corpus prompts,
        Corpus harvest,
        Corpus templates,
        Corpus utterances,
        Corpus systemPrompts,
        ArrivalTraces arrivals) {

    static final String LOG = "exchanges.jsonl";
    static final String TRUTH = "truth.json";

    private static final int CHUNK = 1 << 18;

    /** Whether all texts are the simulator's own. */
    boolean ownTexts() {
        return prompts == null
                && harvest == null
                && templates == null
                && utterances == null
                && systemPrompts == null;
    }

    /** Writes the log and its truth; the same bytes for the same scenario and seed. */
    void write(String scenario, long seed, Path directory) throws IOException {
        // texts hold scratch space, so every run has its own
        Texts texts =
                new Texts(
                        prompts,
                        harvest,
                        templates,
                        utterances,
                        systemPrompts,
                        Texts.DEFAULT_VERBATIM);
        TrafficSimulator simulator =
                new TrafficSimulator(
                        Scenario.of(seed, days, ordinary, Presets.of(scenario)), texts, arrivals);
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
