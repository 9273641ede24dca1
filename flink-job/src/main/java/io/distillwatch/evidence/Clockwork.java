package io.distillwatch.evidence;

/**
 * Timers: do the accounts' own gaps keep to the clock? An app that runs on a schedule for each of
 * its users has even load and unique content like a dealt-out queue, but each of its accounts is
 * driven by a timer of its own, and people set timers to hours and quarters of an hour, or an app
 * to the same few times of the day for all of its users.
 */
final class Clockwork {

    /* Six minutes of sixty, and 90 seconds of 900, are a tenth by chance. */
    private static final double LOCKED = 0.3;
    private static final long MIN_GAPS = 10;
    /* A run in every hour at any minute crosses one hour each time; a Poisson process at most
     * every other time, a queue that is dealt out in turn about six times of ten. */
    private static final double SAME_STEP = 0.85;
    /* Gaps are of the same lengths so many times more often than those of a queue that is dealt
     * out in shuffled rounds, whose density squared comes to 2/3 over the mean gap. */
    private static final double SAME_LENGTHS = 2.5;
    private static final double ROUNDS = 2.0 / 3;
    private static final double LENGTH_SECONDS = 300;
    private static final double SHORTEST_SECONDS = 600;
    private static final long MIN_LENGTHS = 60;

    private Clockwork() {}

    static boolean keepsToTheClock(GroupStatistics.Timing timing) {
        return (timing.longGaps() >= MIN_GAPS && timing.lockedGaps() > LOCKED * timing.longGaps())
                || (timing.middleGaps() >= MIN_GAPS
                        && timing.quarterGaps() > LOCKED * timing.middleGaps())
                || ofFewLengths(timing);
    }

    private static boolean ofFewLengths(GroupStatistics.Timing timing) {
        if (timing.middleGaps() < MIN_LENGTHS) {
            return false;
        }
        double mean = timing.middleSeconds() / timing.middleGaps() - SHORTEST_SECONDS;
        double dealt =
                ROUNDS * LENGTH_SECONDS / Math.max(LENGTH_SECONDS, mean)
                        + 1.0 / GroupStatistics.Timing.GAP_CLASSES;
        return timing.sameLength() > SAME_LENGTHS * dealt;
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
