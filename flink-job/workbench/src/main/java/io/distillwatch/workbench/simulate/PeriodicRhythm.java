package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.Rand;

/**
 * A device's own timer: again and again after the same time, from whenever it was switched on.
 *
 * @param period milliseconds
 * @param phase milliseconds after a multiple of the period, 0 to below the period
 */
record PeriodicRhythm(long period, long phase) implements Rhythm {

    /** A device wakes, connects and asks: this long on average. */
    private static final double LATE_MILLIS = 4_000;

    @Override
    public long session(long after, Rand rand) {
        long planned = Math.floorDiv(after - phase + period / 2, period) * period + period + phase;
        return planned + (long) Math.min(period / 4.0, rand.exponential() * LATE_MILLIS);
    }

    @Override
    public int turns(Rand rand) {
        return 1;
    }

    @Override
    public long gap(Rand rand) {
        return 1;
    }
}
