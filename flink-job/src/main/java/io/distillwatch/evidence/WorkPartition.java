package io.distillwatch.evidence;

import io.distillwatch.evidence.GroupStatistics.Repeats;
import java.util.List;

/**
 * Work partition: distinct bodies over the sum of each account's distinct bodies. A queue that is
 * dealt out gives 1; people who share an app come back to the popular questions.
 *
 * <p>At small n everything gives 1, so the score does not read the ratio but tests it: with n
 * exchanges, ordinary people who share an app would have sent the same body from two accounts in c
 * * n^2 / 2 pairs, c = {@value #ORDINARY} at least. The score is the log-likelihood ratio of the
 * pairs that were seen, Poisson, between that and a twentieth of it, over {@value #CERTAIN}.
 *
 * <p>A few bodies may be left out of it: a queue carries a probe, or an empty item, that comes
 * again and again in each of its templates, while of people's repeats the most popular questions
 * make no more than Zipf's law gives: with frequencies of 1/k, shares of 6 / (pi k)^2.
 *
 * <p>A queue that gives each item to exactly k accounts repeats much but evenly: the dispersion of
 * the number of askers is below that of any chance process (index of dispersion, Cox and Lewis
 * 1966), while k stays far below the number of accounts, unlike a finite test set that everybody
 * runs.
 */
final class WorkPartition implements Statistic {

    /* Probability that two exchanges of an ordinary shared app have one body: birthday statistic of
     * FAQ-like use; public single-app utterance sets give 1e-4 to 1e-2. */
    static final double ORDINARY = 1e-4;
    static final double CERTAIN = 6;
    /* Bodies that more of the exchanges carry are no probes but what the group is about. */
    private static final double PROBE = 0.1;
    /* Share of the exchanges that end in one of few ways, above which templates end so; a tenth has
     * questions that are added to or cut off. */
    private static final double CONSTANT_TAILS = 0.9;
    /* Fewer bodies say nothing of how often each comes. */
    private static final long MANY = 50;

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline ordinary) {
        Repeats bodies = group.work().bodies();
        Repeats tails = group.work().tails();
        if (bodies.askers() == 0) {
            return List.of();
        }
        double partition = (double) bodies.things() / bodies.askers();
        double n = group.exchanges();
        double pairs = n * n / 2 * (1 - 1.0 / Math.max(1, group.accounts()));
        double whole = dealt(pairs, bodies);
        // How prompts end: an app that writes the user's name in front hides its repeats. Multiple
        // choice has few endings, but not of half a prompt. A constant tail is part of a template
        // and says nothing.
        boolean constantTail =
                tails.things() < 0.05 * tails.askers()
                        || tails.shareOf(Repeats.MOST) > CONSTANT_TAILS;
        double ends = Math.max(dealt(pairs, tails), dealt(pairs, group.work().halves()));
        double dealt = constantTail ? whole : Math.min(whole, ends);
        double score = Math.max(dealt / CERTAIN, dealtRepeatedly(group));
        double expected = 1 / (1 + ORDINARY * n / 2);
        return List.of(Evidence.of(Signal.WORK_PARTITION, partition, expected, score));
    }

    /**
     * Whether the group repeats itself as people do: many of its accounts sent the same bodies,
     * more than chance gives, and not by a fixed number of times; or a finite set by everybody.
     */
    static boolean contradicts(GroupStatistics group) {
        Repeats bodies = group.work().bodies();
        double n = group.exchanges();
        double expected = 10 * ORDINARY * n * n / 2 * bodies.sampled();
        boolean repeats = bodies.pairsWithout(0) > 20;
        for (int most = 0; most <= Repeats.MOST && bodies.shareOf(most) <= PROBE; most++) {
            repeats &= bodies.pairsWithout(most) > rest(most) * expected;
        }
        boolean asPeopleDo = repeats && !capped(bodies);
        return (asPeopleDo || everybodyRunsIt(group)) && dealtRepeatedly(group) < Assessor.HOLDS;
    }

    /**
     * Whether but for a few no body is much more popular than the others, as where each is given to
     * a fixed number of accounts and some still wait for their turn; what people ask has
     * favourites.
     */
    private static boolean capped(Repeats bodies) {
        if (bodies.things() < MANY) {
            return false;
        }
        double mean = (double) bodies.askers() / bodies.things();
        return mean >= 1.5 && bodies.mostAskers()[Repeats.MOST - 1] <= 2 * mean + 1;
    }

    /** Whether the bodies are a finite set that a good part of the accounts works through. */
    private static boolean everybodyRunsIt(GroupStatistics group) {
        Repeats bodies = group.work().bodies();
        double mean = (double) bodies.askers() / Math.max(1, bodies.things());
        return bodies.things() >= 30 && mean >= Math.max(3, 0.2 * group.accounts());
    }

    /** Log-likelihood ratio for a queue, with or without the most repeated things. */
    private static double dealt(double pairs, Repeats repeats) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int most = 0; most <= Repeats.MOST; most++) {
            double share = 1 - repeats.shareOf(most);
            double others = rest(most) * pairs * share * share;
            highest =
                    Math.max(
                            highest, ratio(others * repeats.sampled(), repeats.pairsWithout(most)));
        }
        return highest;
    }

    /** Share of people's repeats that are not of the most popular questions. */
    private static double rest(int most) {
        double rest = 1;
        for (int k = 1; k <= most; k++) {
            rest -= 6 / (Math.PI * Math.PI * k * k);
        }
        return rest;
    }

    private static double ratio(double pairs, double seen) {
        double expected = ORDINARY * pairs;
        double dealt = expected / 20;
        return expected - dealt - seen * Math.log(20);
    }

    private static double dealtRepeatedly(GroupStatistics group) {
        Repeats bodies = group.work().bodies();
        if (bodies.things() < MANY) {
            return 0;
        }
        double mean = (double) bodies.askers() / bodies.things();
        double variance = bodies.askerSquares() / bodies.things() - mean * mean;
        boolean everybodyRunsIt = mean > 0.1 * group.accounts();
        if (mean < 1.8 || everybodyRunsIt) {
            return 0;
        }
        return 1 - 2 * variance / mean;
    }
}
