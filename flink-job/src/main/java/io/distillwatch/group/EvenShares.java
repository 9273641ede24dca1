package io.distillwatch.group;

import io.distillwatch.evidence.GroupStatistics;

/** Adds accounts' repeats up against what even shares would have given them. */
final class EvenShares {

    private double exposure;
    private double squares;
    private double excess;

    void add(double repeats, double expected) {
        exposure += expected;
        squares += expected * expected;
        excess += (repeats - expected) * (repeats - expected) - repeats;
    }

    GroupStatistics.Shares shares() {
        return new GroupStatistics.Shares(exposure, squares, excess);
    }
}
