package io.distillwatch.evidence;

import java.util.List;

/**
 * One hand on the tap: all accounts taken together, are the exchanges steadier than independent
 * accounts can be? The value is the index of dispersion of the group's exchanges by five minutes,
 * variance over mean (Cox and Lewis 1966), of successive differences: 1 for accounts that know
 * nothing of one another, be they people, webhooks or timers, whose phases fall as chance will have
 * it, and more where something calls them together; near 0 where somebody sends at a steady rate
 * and deals the work out, in turn or not.
 *
 * <p>Where each account is regular by itself, as timers are and turns, five minutes do not tell:
 * hourly timers repeat the same twelve counts for ever, and now and then these come out steady.
 * There the minutes have to be steady as well, as no fleet of 400 with random phases is
 * (TimingEvidenceTest). It takes an exchange a minute to see it; slower turns go for timers.
 */
final class SteadyStream implements Statistic {

    private static final double INDEPENDENT = 1;
    private static final double ONE_HAND = 0.06;
    /* The axis holds below a quarter: two dozen independent counts come out so once in 100,000. */
    private static final long MIN_PAIRS = 24;
    /* Counts of a steady hand differ by one: at one exchange a minute and more that is 0.3 at most. */
    private static final double STEADY_MINUTES = 0.5;
    /* Reminders of a hundred people give 4, independent accounts and a queue 1. */
    private static final double CALLED = 2;
    /* Of a few pairs, this many deviations above 1; of one it is the square root of two. */
    private static final double DEVIATIONS = 3 * Math.sqrt(2);

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline ordinary) {
        GroupStatistics.Timing timing = group.timing();
        if (timing.pooledPairs() < MIN_PAIRS) {
            return List.of();
        }
        return List.of(
                Evidence.of(Signal.STEADY_STREAM, timing.dispersion(), INDEPENDENT, score(timing)));
    }

    private static double score(GroupStatistics.Timing timing) {
        if (Clockwork.regular(timing) && timing.minuteDispersion() > STEADY_MINUTES) {
            return 0;
        }
        double value = Math.max(ONE_HAND / 2, timing.dispersion());
        return Statistic.between(value, INDEPENDENT, ONE_HAND);
    }

    /** Whether one hand sends for all accounts; false where too little was seen to say so. */
    static boolean oneHand(GroupStatistics.Timing timing) {
        return timing.pooledPairs() >= MIN_PAIRS && score(timing) >= Assessor.HOLDS;
    }

    /**
     * Whether the accounts come in clumps, as people do whom a clock or a release calls together:
     * nobody deals work out that way. False where too little was seen to say so.
     */
    static boolean calledTogether(GroupStatistics.Timing timing) {
        double chance = 1 + DEVIATIONS / Math.sqrt(Math.max(1, timing.pooledPairs()));
        return timing.clumping() >= Math.max(CALLED, chance);
    }
}
