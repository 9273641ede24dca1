package io.distillwatch.evidence;

import java.util.List;

/**
 * Gaps between an account's exchanges: people come in sessions, so short gaps are many times more
 * frequent than their average rate explains; a dealt-out queue has as many as chance gives, or
 * fewer. The value is that ratio: share of gaps below ten minutes over 1 - exp(-10 min / mean gap),
 * 1 for a Poisson process (burstiness, Goh and Barabasi 2008, in a form that stands few events an
 * account).
 *
 * <p>Gaps that keep to whole hours are a clock's, and a clock runs for its owner: where most long
 * gaps do, the signal is silent.
 */
final class SessionlessGaps implements Statistic {

    static final double ORDINARY = 8;
    static final double CAMPAIGN = 1.3;
    /* Six minutes of sixty are a tenth by chance. */
    static final double LOCKED = 0.3;

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline ordinary) {
        GroupStatistics.Timing timing = group.timing();
        if (timing.gaps() < 30) {
            return List.of();
        }
        double share = expectedShare(timing);
        double value = value(group);
        double expected = Math.max(3, ordinary.median(ORDINARY, SessionlessGaps::value));
        double error = Math.sqrt((timing.shortGaps() + 1.0)) / (timing.gaps() * share);
        double upper = Math.max(0.5, value + 2 * error);
        double score = Statistic.between(upper, expected, CAMPAIGN);
        if (timing.longGaps() >= 10 && timing.lockedGaps() > LOCKED * timing.longGaps()) {
            score = 0;
        }
        // A queue so fast that each account is always busy has no gaps to speak of.
        if (share > 0.7) {
            score = 0;
        }
        return List.of(Evidence.of(Signal.SESSIONLESS_GAPS, value, expected, score));
    }

    static double value(GroupStatistics group) {
        GroupStatistics.Timing timing = group.timing();
        return timing.gaps() == 0
                ? Double.NaN
                : (double) timing.shortGaps() / timing.gaps() / expectedShare(timing);
    }

    private static double expectedShare(GroupStatistics.Timing timing) {
        return 1 - Math.exp(-600 * timing.gaps() / Math.max(1, timing.gapSeconds()));
    }
}
