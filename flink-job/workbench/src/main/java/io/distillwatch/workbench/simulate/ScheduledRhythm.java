package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.Rand;

/**
 * The same local times every day, a little late.
 *
 * @param minutes minutes of the local day, ascending
 * @param zone milliseconds that local time is ahead of UTC
 * @param lateMillis mean time from the planned one to the exchange
 * @param missed share of the times at which nothing happens
 */
@SuppressWarnings("ArrayRecordComponent") // immutable by convention, never compared
record ScheduledRhythm(int[] minutes, int zone, double lateMillis, double missed)
        implements Rhythm {

    private static final long DAY = 86_400_000L;

    /** The app's workers get to a user within about this time. */
    private static final double QUEUE_MILLIS = 40_000;

    /** Longer than any run is late, shorter than the space between runs. */
    private static final long SAME_RUN = 3_600_000;

    /** A timer, late as queues are. */
    static ScheduledRhythm timer(int[] minutes, int zone) {
        return new ScheduledRhythm(minutes, zone, QUEUE_MILLIS, 0);
    }

    @Override
    public long session(long after, Rand rand) {
        long local = after + SAME_RUN + zone;
        long midnight = Math.floorDiv(local, DAY) * DAY;
        for (int days = 0; ; days++) {
            for (int minute : minutes) {
                long planned = midnight + days * DAY + minute * 60_000L;
                // no draw for timers, which miss nothing: their streams are older than the share
                if (planned >= local && !(missed > 0 && rand.chance(missed))) {
                    long late = (long) Math.min(SAME_RUN / 2, rand.exponential() * lateMillis);
                    return planned - zone + late;
                }
            }
        }
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
