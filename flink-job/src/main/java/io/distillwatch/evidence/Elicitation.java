package io.distillwatch.evidence;

import java.util.List;

/**
 * Elicitation: share of the group's exchanges that ask for what a student model learns from
 * (reasoning, grading, new tasks, traces), the strongest of the kinds, against its share in
 * ordinary traffic.
 */
final class Elicitation implements Statistic {

    private static final double[] ORDINARY = {0.06, 0.03, 0.03, 0.02, 0.10};

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline ordinary) {
        double n = group.exchanges();
        if (n < 20) {
            return List.of();
        }
        Evidence strongest = null;
        for (int cue = 0; cue < ORDINARY.length; cue++) {
            int kind = cue;
            double value = share(group, kind);
            double expected =
                    Math.max(0.01, ordinary.median(ORDINARY[cue], other -> share(other, kind)));
            double error = Math.sqrt(Math.max(0.01, value * (1 - value)) / n);
            double score = (value - 3 * error - 2 * expected) / 0.5;
            Evidence evidence = Evidence.of(Signal.ELICITATION, value, expected, score);
            if (strongest == null || evidence.score() > strongest.score()) {
                strongest = evidence;
            }
        }
        return List.of(strongest);
    }

    private static double share(GroupStatistics group, int cue) {
        return group.intent().cues()[cue] / (double) group.exchanges();
    }
}
