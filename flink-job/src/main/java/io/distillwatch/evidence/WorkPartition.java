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
 * <p>One body may be left out of it: a queue carries a probe, or an empty item, that comes again
 * and again, while of people's repeats the most popular question makes no more than {@value
 * #MOST_POPULAR}.
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
    /* Share of all repeats that are of the most popular body: 1 over the sum of 1/k^2, Zipf. */
    static final double MOST_POPULAR = 0.61;
    /* A body that more of the exchanges carry is no probe but what the group is about. */
    private static final double PROBE = 0.1;

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
        // The last words alone: an app that writes the user's name in front hides its repeats. A
        // constant tail is part of the template and says nothing.
        boolean constantTail = tails.things() < 0.05 * tails.askers();
        double dealt = constantTail ? whole : Math.min(whole, dealt(pairs, tails));
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
        boolean repeats =
                bodies.pairs() > 20
                        && bodies.pairs() > expected
                        && (bodies.mostShare() > PROBE
                                || bodies.otherPairs() > (1 - MOST_POPULAR) * expected);
        return (repeats || everybodyRunsIt(group)) && dealtRepeatedly(group) < Assessor.HOLDS;
    }

    /** Whether the bodies are a finite set that a good part of the accounts works through. */
    private static boolean everybodyRunsIt(GroupStatistics group) {
        Repeats bodies = group.work().bodies();
        double mean = (double) bodies.askers() / Math.max(1, bodies.things());
        return bodies.things() >= 30 && mean >= Math.max(3, 0.2 * group.accounts());
    }

    /** Log-likelihood ratio for a queue, with or without the most repeated thing. */
    private static double dealt(double pairs, Repeats repeats) {
        double share = 1 - repeats.mostShare();
        double others = (1 - MOST_POPULAR) * pairs * share * share;
        return Math.max(
                ratio(pairs * repeats.sampled(), repeats.pairs()),
                ratio(others * repeats.sampled(), repeats.otherPairs()));
    }

    private static double ratio(double pairs, double seen) {
        double expected = ORDINARY * pairs;
        double dealt = expected / 20;
        return expected - dealt - seen * Math.log(20);
    }

    private static double dealtRepeatedly(GroupStatistics group) {
        Repeats bodies = group.work().bodies();
        if (bodies.things() < 50) {
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
