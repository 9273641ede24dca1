package io.distillwatch.evidence;

import java.util.List;

/**
 * Gaps between an account's exchanges: people come in sessions, so short gaps are many times more
 * frequent than their average rate explains; a dealt-out queue has as many as chance gives, or
 * fewer. The value is an odds ratio: the odds of a gap below ten minutes over those of a Poisson
 * process of the same mean gap, 1 - exp(-10 min / mean gap); 1 for a Poisson process. (Burstiness,
 * Goh and Barabasi 2008, in a form that stands few events an account; odds and not shares, so that
 * accounts which are busy most of the time cannot hide their sessions behind the bound of 1.)
 *
 * <p>Gaps that keep to the clock are a timer's, and a timer runs for its owner: there the signal is
 * silent.
 */
final class SessionlessGaps implements Statistic {

    static final double ORDINARY = 10;
    static final double CAMPAIGN = 1.3;
    private static final double BUSY = 0.9;
    private static final long MIN_GAPS = 30;

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline ordinary) {
        GroupStatistics.Timing timing = group.timing();
        if (timing.gaps() < MIN_GAPS) {
            return List.of();
        }
        double value = value(group);
        double expected = Math.max(3, ordinary.median(ORDINARY, SessionlessGaps::value));
        // Standard error of a log odds, by the delta method.
        double error =
                Math.sqrt(
                        1 / (timing.shortGaps() + 0.5)
                                + 1 / (timing.gaps() - timing.shortGaps() + 0.5));
        double upper = Math.max(0.5, value * Math.exp(2 * error));
        double score = Statistic.between(upper, expected, CAMPAIGN);
        // A queue so fast that each account is always busy has no gaps to speak of.
        boolean alwaysBusy = expectedShare(timing) > BUSY;
        if (alwaysBusy || Clockwork.byTheClock(timing)) {
            score = 0;
        }
        return List.of(Evidence.of(Signal.SESSIONLESS_GAPS, value, expected, score));
    }

    /** Whether gaps are so much like chance that a long silence is an end. */
    static boolean silenceMeansGone(GroupStatistics group) {
        return group.timing().gaps() >= MIN_GAPS
                && expectedShare(group.timing()) <= BUSY
                && value(group) <= 2;
    }

    static double value(GroupStatistics group) {
        GroupStatistics.Timing timing = group.timing();
        if (timing.gaps() == 0) {
            return Double.NaN;
        }
        double share = expectedShare(timing);
        double odds = (timing.shortGaps() + 0.5) / (timing.gaps() - timing.shortGaps() + 0.5);
        return odds * (1 - share) / share;
    }

    private static double expectedShare(GroupStatistics.Timing timing) {
        return 1 - Math.exp(-600 * timing.gaps() / Math.max(1, timing.gapSeconds()));
    }
}
