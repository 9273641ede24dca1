package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.Rand;

/**
 * A timer: the same local times every day, a little late as queues are, and people more so.
 *
 * @param minutes minutes of the local day, ascending, at least an hour apart
 * @param zone milliseconds that local time is ahead of UTC
 * @param lateMillis how late a run is on average, exponentially
 * @param skipped share of the runs that do not happen
 */
@SuppressWarnings("ArrayRecordComponent") // immutable by convention, never compared
record ScheduledRhythm(int[] minutes, int zone, double lateMillis, double skipped)
        implements Rhythm {

    private static final long DAY = 86_400_000L;

    /** The app's workers get to a user within about this time. */
    private static final double LATE_MILLIS = 40_000;

    /** What runs by itself never fails to. */
    ScheduledRhythm(int[] minutes, int zone) {
        this(minutes, zone, LATE_MILLIS, 0);
    }

    /** Longer than any run is late, shorter than the space between runs. */
    private static final long SAME_RUN = 3_600_000;

    @Override
    public long session(long after, Rand rand) {
        long local = after + SAME_RUN + zone;
        long midnight = Math.floorDiv(local, DAY) * DAY;
        for (int days = 0; ; days++) {
            for (int minute : minutes) {
                long planned = midnight + days * DAY + minute * 60_000L;
                if (planned >= local && !(skipped > 0 && rand.chance(skipped))) {
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
