package io.distillwatch.evidence;

import java.util.List;

/**
 * Conservation under churn: accounts fall silent for good, others take their place at once, and the
 * group goes on at the same rate. Read only where load is even: silence of an account then means
 * that it is gone, with an error of e^-6. The value is the turnover, departures within a day over
 * accounts; the score asks that arrivals match departures, and that who left stays away: shifts
 * relieve one another too, and come back the next day, so nothing is said before that.
 */
final class ConservedUnderChurn implements Statistic {

    static final double ORDINARY = 0.02;
    private static final double CAMPAIGN = 0.2;
    private static final long DAY_AND_A_HALF = 129_600_000;

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline ordinary) {
        GroupStatistics.Life life = group.life();
        boolean even =
                SessionlessGaps.silenceMeansGone(group)
                        && group.load().retiring().squares() >= 100
                        && LoadEvenness.value(group) + 2 * LoadEvenness.error(group) < 0.35;
        int died = life.diedLastDay();
        int born = life.bornLastDay();
        boolean young = group.at() - group.firstSeen() < DAY_AND_A_HALF;
        if (!even || young || group.accounts() < 20 || died < 5 || born < 5) {
            return List.of();
        }
        double turnover = (double) died / Math.max(1, group.accounts());
        double balance = 1 - Math.abs(born - died) / (double) Math.max(born, died);
        double gone = (double) life.retired() / (life.retired() + life.cameBack());
        double forGood = Math.max(0, Math.min(1, (gone - 0.65) / 0.15));
        double score = Math.min(1, turnover / CAMPAIGN) * Math.min(1, 2 * balance) * forGood;
        return List.of(Evidence.of(Signal.CONSERVED_UNDER_CHURN, turnover, ORDINARY, score));
    }
}
