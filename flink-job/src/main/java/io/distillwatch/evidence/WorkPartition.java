package io.distillwatch.evidence;

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

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline ordinary) {
        GroupStatistics.Work work = group.work();
        if (work.askers() == 0) {
            return List.of();
        }
        double partition = (double) work.bodies() / work.askers();
        double n = group.exchanges();
        double pairs = n * n / 2 * (1 - 1.0 / Math.max(1, group.accounts()));
        double whole = ratio(pairs * work.sampled(), work.pairs());
        // The last words alone: an app that writes the user's name in front hides its repeats. A
        // constant tail is part of the template and says nothing.
        boolean constantTail = work.tails() < 0.05 * work.tailAskers();
        double tail = constantTail ? whole : ratio(pairs * work.tailSampled(), work.tailPairs());
        double dealt = Math.min(whole, tail) / CERTAIN;
        double score = Math.max(dealt, dealtRepeatedly(group));
        double expected = 1 / (1 + ORDINARY * n / 2);
        return List.of(Evidence.of(Signal.WORK_PARTITION, partition, expected, score));
    }

    /**
     * Whether the group repeats itself as people do: many of its accounts sent the same bodies,
     * more than chance gives, and not by a fixed number of times; or a finite set by everybody.
     */
    static boolean contradicts(GroupStatistics group) {
        GroupStatistics.Work work = group.work();
        double n = group.exchanges();
        double expected = 10 * ORDINARY * n * n / 2 * work.sampled();
        boolean repeats = work.pairs() > 20 && work.pairs() > expected;
        return (repeats || everybodyRunsIt(group)) && dealtRepeatedly(group) < Assessor.HOLDS;
    }

    /** Whether the bodies are a finite set that a good part of the accounts works through. */
    private static boolean everybodyRunsIt(GroupStatistics group) {
        GroupStatistics.Work work = group.work();
        double mean = (double) work.askers() / Math.max(1, work.bodies());
        return work.bodies() >= 30 && mean >= Math.max(3, 0.2 * group.accounts());
    }

    private static double ratio(double pairs, double seen) {
        double expected = ORDINARY * pairs;
        double dealt = expected / 20;
        return expected - dealt - seen * Math.log(20);
    }

    private static double dealtRepeatedly(GroupStatistics group) {
        GroupStatistics.Work work = group.work();
        if (work.bodies() < 50) {
            return 0;
        }
        double mean = (double) work.askers() / work.bodies();
        double variance = work.askerSquares() / work.bodies() - mean * mean;
        boolean everybodyRunsIt = mean > 0.1 * group.accounts();
        if (mean < 1.8 || everybodyRunsIt) {
            return 0;
        }
        return 1 - 2 * variance / mean;
    }
}
