package io.distillwatch.evidence;

/**
 * Timers: do the accounts' own gaps keep to the clock? An app that runs on a schedule for each of
 * its users has even load and unique content like a dealt-out queue, but each of its accounts is
 * driven by a timer of its own, and people set timers to hours and quarters of an hour.
 */
final class Clockwork {

    /* Six minutes of sixty, and 90 seconds of 900, are a tenth by chance. */
    private static final double LOCKED = 0.3;
    private static final long MIN_GAPS = 10;
    /* A run in every hour at any minute crosses one hour each time; a Poisson process at most
     * every other time, a queue that is dealt out in turn about six times of ten. */
    private static final double SAME_STEP = 0.85;

    private Clockwork() {}

    static boolean keepsToTheClock(GroupStatistics.Timing timing) {
        return (timing.longGaps() >= MIN_GAPS && timing.lockedGaps() > LOCKED * timing.longGaps())
                || (timing.middleGaps() >= MIN_GAPS
                        && timing.quarterGaps() > LOCKED * timing.middleGaps());
    }

    /**
     * Whether each account by itself runs regularly: by the clock, or at equal gaps.
     *
     * @return false where too few gaps were seen to say so
     */
    static boolean regular(GroupStatistics.Timing timing) {
        return keepsToTheClock(timing)
                || timing.commonStep() > SAME_STEP
                || variation(timing) < DispatchedTiming.IRREGULAR;
    }

    /** Coefficient of variation of the gaps. */
    static double variation(GroupStatistics.Timing timing) {
        double n = Math.max(1, timing.gaps());
        double mean = Math.max(1e-3, timing.gapSeconds() / n);
        return Math.sqrt(Math.max(0, timing.gapSquares() / n - mean * mean)) / mean;
    }
}
