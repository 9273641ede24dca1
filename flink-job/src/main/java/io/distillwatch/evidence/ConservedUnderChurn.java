package io.distillwatch.evidence;

import java.util.List;

/**
 * Conservation under churn: accounts fall silent for good, others take their place at once, and the
 * group goes on at the same rate. Read only where load is even: silence of an account then means
 * that it is gone, with an error of e^-6. The value is the turnover, departures within a day over
 * accounts; the score asks that arrivals match departures.
 */
final class ConservedUnderChurn implements Statistic {

    static final double ORDINARY = 0.02;

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline ordinary) {
        GroupStatistics.Life life = group.life();
        boolean even =
                SessionlessGaps.silenceMeansGone(group)
                        && group.load().retiring().squares() >= 100
                        && LoadEvenness.value(group) + 2 * LoadEvenness.error(group) < 0.35;
        int died = life.diedLastDay();
        int born = life.bornLastDay();
        if (!even || group.accounts() < 20 || died < 5 || born < 5) {
            return List.of();
        }
        double turnover = (double) died / Math.max(1, group.accounts());
        double balance = 1 - Math.abs(born - died) / (double) Math.max(born, died);
        double score = Math.min(1, turnover / 0.10) * Math.min(1, 2 * balance);
        return List.of(Evidence.of(Signal.CONSERVED_UNDER_CHURN, turnover, ORDINARY, score));
    }
}
