package io.distillwatch.evidence;

/**
 * Timers: do the accounts' own gaps keep to the clock, or to one length? An app that runs on a
 * schedule for each of its users has even load and unique content like a dealt-out queue, but each
 * of its accounts is driven by a timer of its own, and people set timers to hours and quarters of
 * an hour; a device counts from when it was plugged in.
 *
 * <p>A queue that is dealt out in turn gives each account equal gaps too. It is told by all
 * accounts together: what a steady hand sends is more regular than independent timers can be, whose
 * phases fall as chance will have it.
 */
final class Clockwork {

    /* Six minutes of sixty, and 90 seconds of 900, are a tenth by chance. */
    private static final double LOCKED = 0.3;
    private static final long MIN_GAPS = 10;
    private static final long ENOUGH = 30;
    /* Seconds; timers miss the hour both ways. A turn of 57 or 58 minutes is no timer. */
    private static final double ON_THE_HOUR = 60;
    /* A run in every hour at any minute crosses one hour each time; a Poisson process at most
     * every other time, a queue that is dealt out in turn about six times of ten. */
    private static final double SAME_STEP = 0.85;
    /* Of timers of one length, from each account's first gap on. A shuffled round gives 0.41 and a turn
     * that may be half early or half late 0.29; timers with a fifth more or less 0.12, set to unlike
     * lengths up to twice that. */
    private static final double IRREGULAR = 0.25;

    /* Share of gaps that are as long as the account's one before, to within a fifth: 0.75 for timers
     * whose gaps differ by a fifth both ways, 0.5 where each run may be a fifth early or late, 0.2 for
     * a turn in shuffled rounds, 0.1 for a Poisson process. It holds whoever else has come among the
     * accounts: a few people's gaps, from seconds to days, would make all gaps together vary. */
    private static final double REGULAR = 0.4;

    private Clockwork() {}

    /**
     * Whether each account by itself runs regularly, by the clock or at equal gaps, and no hand
     * sends for all of them.
     *
     * @return false where too few gaps were seen to say so
     */
    static boolean timers(GroupStatistics.Timing timing) {
        return regular(timing) && !SteadyStream.oneHand(timing);
    }

    /** Whether the accounts keep to hours or quarters of an hour, and no hand sends for all. */
    static boolean byTheClock(GroupStatistics.Timing timing) {
        return onRoundTimes(timing) && !SteadyStream.oneHand(timing);
    }

    /** Whether each account by itself runs regularly, whoever sends. */
    static boolean regular(GroupStatistics.Timing timing) {
        return onRoundTimes(timing)
                || (timing.gaps() >= ENOUGH
                        && (timing.commonStep() > SAME_STEP
                                || variation(timing) < IRREGULAR
                                || timing.regularGaps() >= REGULAR));
    }

    private static boolean onRoundTimes(GroupStatistics.Timing timing) {
        boolean hours =
                timing.longGaps() >= MIN_GAPS
                        && timing.lockedGaps() > LOCKED * timing.longGaps()
                        && Math.abs(timing.lockedOffset()) < ON_THE_HOUR;
        boolean quarters =
                timing.middleGaps() >= MIN_GAPS
                        && timing.quarterGaps() > LOCKED * timing.middleGaps();
        return hours || quarters;
    }

    /** Coefficient of variation of the gaps. */
    static double variation(GroupStatistics.Timing timing) {
        double n = Math.max(1, timing.gaps());
        double mean = Math.max(1e-3, timing.gapSeconds() / n);
        return Math.sqrt(Math.max(0, timing.gapSquares() / n - mean * mean)) / mean;
    }
}
