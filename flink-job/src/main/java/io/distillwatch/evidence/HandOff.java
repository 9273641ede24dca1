package io.distillwatch.evidence;

import java.util.List;

/**
 * Hand-off: share of the conversations with several exchanges that go on under another account. In
 * organic traffic about zero (prefix reuse stays within users, arXiv 2506.02634).
 */
final class HandOff implements Statistic {

    static final double ORDINARY = 0.002;

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline ordinary) {
        GroupStatistics.Life life = group.life();
        if (life.conversations() < 5) {
            return List.of();
        }
        double value = value(group);
        double expected = Math.max(ORDINARY, ordinary.median(ORDINARY, HandOff::value));
        // Fewer than three could be support staff or a shared link.
        double score = life.handedOff() < 3 ? 0 : value / Math.max(0.04, 10 * expected);
        return List.of(Evidence.of(Signal.HAND_OFF, value, expected, score));
    }

    static double value(GroupStatistics group) {
        return group.life().conversations() == 0
                ? Double.NaN
                : (double) group.life().handedOff() / group.life().conversations();
    }
}
