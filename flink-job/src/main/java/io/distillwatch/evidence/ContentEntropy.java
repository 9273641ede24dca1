package io.distillwatch.evidence;

import java.util.List;

/**
 * Narrow skeleton, wide content: how much of a prompt is open once its head is known. The head is a
 * part of the prompt, so by the chain rule H(prompt | head) = H(prompt) - H(head) (Shannon 1948).
 * The value is that over the most that n exchanges can show, one head and n different bodies: 1 for
 * a template that is filled from a queue, about 0 for prompts that have nothing in common, and in
 * between for people who share an app and its popular questions. Both entropies are corrected for
 * the size of the sample by (kinds - 1) / 2n (Miller and Madow 1955).
 *
 * <p>It restates {@link WorkPartition} and an app into which people paste their own texts shows it
 * as well: it adds to a case, it makes none.
 */
final class ContentEntropy implements Statistic {

    /* Ordinary accounts use different apps: most of what they differ in is the head. */
    static final double ORDINARY = 0.3;

    private static final int MIN_EXCHANGES = 50;

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline ordinary) {
        if (group.exchanges() < MIN_EXCHANGES) {
            return List.of();
        }
        double value = value(group);
        double expected =
                Math.max(0.1, Math.min(0.6, ordinary.median(ORDINARY, ContentEntropy::value)));
        // From half-way between ordinary traffic and a template that is filled.
        double middle = (1 + expected) / 2;
        double score = (value - middle) / (1 - middle);
        return List.of(Evidence.of(Signal.CONTENT_ENTROPY, value, expected, score));
    }

    static double value(GroupStatistics group) {
        double n = group.exchanges();
        if (n < 2) {
            return Double.NaN;
        }
        GroupStatistics.Skeleton own = group.skeleton();
        double correction = 1 / (2 * n * Math.log(2));
        double open =
                own.bodyBits() - own.headBits() + (own.bodyKinds() - own.headKinds()) * correction;
        double most = Math.log(n) / Math.log(2) + (n - 1) * correction;
        return Math.max(0, Math.min(1, open / most));
    }
}
