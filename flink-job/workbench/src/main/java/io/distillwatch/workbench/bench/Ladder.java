package io.distillwatch.workbench.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All rungs side by side: warmed up one after the other, then measured in turns. */
final class Ladder implements AutoCloseable {

    /* Share of the time that the compiler works, below which a rung is warm. */
    private static final double COMPILED = 0.05;
    /* In so many rounds in a row: one can be lucky. */
    private static final int WARM_ROUNDS = 2;

    private final Map<Rung, RungProcess> rungs = new EnumMap<>(Rung.class);

    /** Starts a process for each rung. */
    static Ladder start(BenchRun run) throws IOException {
        Ladder ladder = new Ladder();
        for (Rung rung : Rung.values()) {
            ladder.rungs.put(rung, RungProcess.start(rung, run));
        }
        return ladder;
    }

    /**
     * A job that runs for months is compiled once: here it is compiled before it is measured.
     *
     * @param most rounds of each rung
     */
    void warmUp(Workload workload, long exchanges, int most) throws IOException {
        for (Rung rung : Rung.values()) {
            int warm = 0;
            for (int round = 0; round < most && warm < WARM_ROUNDS; round++) {
                Measurement measured = measure(rung, workload, exchanges, "warm-up-" + round);
                warm = measured.compiling() < COMPILED ? warm + 1 : 0;
            }
        }
    }

    /** One round of all rungs. */
    void round(int round, Workload workload, long exchanges, BenchResult result)
            throws IOException {
        for (Rung rung : order(round)) {
            result.add(rung, measure(rung, workload, exchanges, "round-" + round));
        }
    }

    private Measurement measure(Rung rung, Workload workload, long exchanges, String run)
            throws IOException {
        String name = "%s-%s-%s".formatted(workload.topic(), rung.name(), run);
        Measurement measurement = rungs.get(rung).measure(workload, exchanges, name);
        System.err.printf(
                Locale.ROOT,
                "%s, %s: %s %,.0f/s, %.1f CPU s a million, compiler %.2f, collector %.2f of the time%n",
                workload,
                run,
                rung.title(),
                measurement.rate(),
                measurement.cpuPerMillion(),
                measurement.compiling(),
                measurement.collecting());
        return measurement;
    }

    /** There and back again: what drifts in the machine meets each rung alike. */
    private static List<Rung> order(int round) {
        List<Rung> order = Arrays.asList(Rung.values());
        if (round % 2 == 1) {
            Collections.reverse(order);
        }
        return order;
    }

    @Override
    public void close() throws IOException {
        for (RungProcess rung : rungs.values()) {
            rung.close();
        }
    }
}
