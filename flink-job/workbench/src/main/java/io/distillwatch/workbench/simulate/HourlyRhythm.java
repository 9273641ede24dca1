package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.Rand;

/**
 * Once an hour, day and night, at the same minute, some seconds late.
 *
 * @param phaseMillis from the full hour to the planned time
 */
record HourlyRhythm(long phaseMillis) implements Rhythm {

    private static final long HOUR = 3_600_000L;
    private static final double LATE_MILLIS = 4_000;

    @Override
    public long session(long after, Rand rand) {
        long planned = (Math.floorDiv(after - phaseMillis, HOUR) + 1) * HOUR + phaseMillis;
        return planned + (long) Math.min(HOUR / 2, rand.exponential() * LATE_MILLIS);
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
