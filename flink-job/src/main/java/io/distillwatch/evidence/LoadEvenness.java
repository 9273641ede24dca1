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
 * sum((x - e)^2 - x) / sum(e^2) is the method of moments for the frailty variance. An account that
 * fell silent is taken for gone only where gaps have no sessions, since one session and then
 * silence is how people look, and only while fewer came back than are gone.
 *
 * <p>The score says how far the value is from the ordinary one, as far as it is certain: by the
 * log-likelihood ratio of the counts between a campaign's frailty variance and the ordinary one
 * (negative binomial, as for a gamma frailty), over {@value #CERTAIN} nats. A sequential test of
 * that kind needs half the exchanges that a standard error does (Wald 1945), most of all where a
 * round robin leaves less variance than chance would.
 */
final class LoadEvenness implements Statistic {

    /* Frailty variance of ordinary accounts in an app; the lower end of heavy-tailed use. Random
     * accounts vary more than those of one app, so traffic may lower this but not raise it. */
    static final double ORDINARY = 1.5;
    static final double LEAST_ORDINARY = 0.6;
    static final double CAMPAIGN = 0.12;
    /* Over a day of 25 exchanges a round robin has a variance of one to three times the mean. */
    static final double EXACT = 0.02;
    /* Customers whose rates differ by half as a rule: one service that calls for each of them. */
    static final double NEARLY = 0.25;
    /* By Ville's inequality: by chance once in five times, once in twenty, once in 150. */
    private static final double PROBABLY = 1.5;
    private static final double SURELY = 3;
    private static final double CERTAINLY = 5;
    /* The axis holds at half of it: once in e^7, a thousand times, by chance, however often the
     * group is looked at (Ville's inequality). */
    static final double CERTAIN = 14;
    /* Until their first sessions have ended, people's loads are even too; a class at an exercise
     * cannot be told from a fast queue. */
    private static final long MIN_AGE = 3_600_000;
    /* Below this the value itself is noise. */
    static final double MIN_POWER = 4;
    /* The smallest campaign is told by about a dozen accounts; two thirds of these must carry it. */
    static final double MIN_CARRIERS = 8;

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline ordinary) {
        GroupStatistics.Shares load = shares(group);
        // Participation ratio: how many accounts the load is really spread over. Two busy accounts
        // among passers-by are always even with each other.
        double carriers = load.exposure() * load.exposure() / load.squares();
        boolean young = group.at() - group.firstSeen() < MIN_AGE;
        if (young || load.squares() < MIN_POWER || carriers < MIN_CARRIERS) {
            return List.of();
        }
        double value = value(group);
        double expected =
                Math.max(
                        LEAST_ORDINARY,
                        Math.min(ORDINARY, ordinary.median(ORDINARY, LoadEvenness::value)));
        double distance = Statistic.between(Math.max(CAMPAIGN / 2, value), expected, CAMPAIGN);
        double certainty =
                (logLikelihood(load, CAMPAIGN) - logLikelihood(load, expected)) / CERTAIN;
        double score = Math.min(distance, certainty);
        return List.of(Evidence.of(Signal.LOAD_EVENNESS, value, expected, score));
    }

    static double value(GroupStatistics group) {
        return shares(group).excess() / shares(group).squares();
    }

    /** Whether loads look as even as a queue makes them, and not just more even than people's. */
    static boolean exact(GroupStatistics group) {
        return against(NEARLY, group) >= PROBABLY;
    }

    /** The same, where a service that calls for each of its customers has all the rest. */
    static boolean certainlyExact(GroupStatistics group) {
        return against(NEARLY, group) >= CERTAINLY;
    }

    /** Whether they are as even as nothing but a queue makes them. */
    static boolean strictly(GroupStatistics group) {
        return against(CAMPAIGN, group) >= SURELY;
    }

    private static double against(double frailty, GroupStatistics group) {
        GroupStatistics.Shares load = shares(group);
        return logLikelihood(load, EXACT) - logLikelihood(load, frailty);
    }

    /** Standard error of the value under even load. */
    static double error(GroupStatistics group) {
        return Math.sqrt(2 / shares(group).squares());
    }

    /* Linear between the variances at which it is known. */
    private static double logLikelihood(GroupStatistics.Shares load, double frailty) {
        List<Double> known = GroupStatistics.Shares.FRAILTIES;
        int above = 1;
        while (above < known.size() - 1 && known.get(above) < frailty) {
            above++;
        }
        double low = known.get(above - 1);
        double share = (frailty - low) / (known.get(above) - low);
        double[] values = load.logLikelihoods();
        return (1 - share) * values[above - 1] + share * values[above];
    }

    /* Who falls silent and comes back has slept. */
    private static GroupStatistics.Shares shares(GroupStatistics group) {
        boolean theyReturn = group.life().cameBack() >= group.life().retired();
        return SessionlessGaps.silenceMeansGone(group) && !theyReturn
                ? group.load().retiring()
                : group.load().lasting();
    }
}
