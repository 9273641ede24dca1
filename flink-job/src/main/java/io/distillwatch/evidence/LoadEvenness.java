package io.distillwatch.evidence;

import java.util.List;

/**
 * Load evenness: do accounts get equal shares? Measured as the squared coefficient of variation of
 * the accounts' rates, what is left of the variance of their counts after chance is taken off: 0
 * for a dealt-out queue (round robin, random or jittered), 1 and far more for people.
 *
 * <p>Each account's repeats x are compared with its exposure e: the sum, over the panes since it
 * joined, of the group's repeats divided by its living accounts. That is the Nelson-Aalen estimate
 * of the cumulative rate of recurrent events (Andersen and Gill 1982); it takes daily rhythm,
 * growth and replacement of accounts out, and needs no account that was never seen. The estimate
 * sum((x - e)^2 - x) / sum(e^2) is the method of moments for the frailty variance; its standard
 * error under even load is sqrt(2 / sum(e^2)). An account that fell silent is taken for gone only
 * where gaps have no sessions: one session and then silence is how people look.
 */
final class LoadEvenness implements Statistic {

    /* Frailty variance of ordinary accounts in an app; the lower end of heavy-tailed use. Random
     * accounts vary more than those of one app, so traffic may lower this but not raise it. */
    static final double ORDINARY = 1.5;
    static final double CAMPAIGN = 0.12;
    /* Below this the standard error is no guide to the tail. */
    static final double MIN_POWER = 30;
    /* The smallest campaign is told by about a dozen accounts; two thirds of these must carry it. */
    static final double MIN_CARRIERS = 8;

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline ordinary) {
        GroupStatistics.Shares load = shares(group);
        // Participation ratio: how many accounts the load is really spread over. Two busy accounts
        // among passers-by are always even with each other.
        double carriers = load.exposure() * load.exposure() / load.squares();
        if (load.squares() < MIN_POWER || carriers < MIN_CARRIERS) {
            return List.of();
        }
        double value = value(group);
        double error = error(group);
        double expected =
                Math.max(0.6, Math.min(ORDINARY, ordinary.median(ORDINARY, LoadEvenness::value)));
        double upper = Math.max(CAMPAIGN / 2, Math.max(0, value) + 3 * error);
        double score = Statistic.between(upper, expected, CAMPAIGN);
        return List.of(Evidence.of(Signal.LOAD_EVENNESS, value, expected, score));
    }

    static double value(GroupStatistics group) {
        return shares(group).excess() / shares(group).squares();
    }

    /** Standard error of the value under even load. */
    static double error(GroupStatistics group) {
        return Math.sqrt(2 / shares(group).squares());
    }

    private static GroupStatistics.Shares shares(GroupStatistics group) {
        return SessionlessGaps.silenceMeansGone(group)
                ? group.load().retiring()
                : group.load().lasting();
    }
}
