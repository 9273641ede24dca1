package io.distillwatch.evidence;

import java.util.List;

/**
 * Session shape: one question, one answer, always of about the same length. The value is the
 * probability that two exchanges of the group are both single-turn and have answers of the same
 * octave of length (Simpson's index, unbiased, over the single-turn octaves): it rises with the
 * share of single turns, squared, and with the narrowness of the answers. Expected is the same in
 * ordinary traffic.
 *
 * <p>Every batch job has it: alone it proves nothing, so it adds to a case and makes none.
 */
final class SessionShape implements Statistic {

    /* Half of the exchanges single-turn, answers spread over two octaves by standard deviation. */
    static final double ORDINARY = 0.1;

    private static final int MIN_KNOWN = 50;
    /* Six times as likely as in ordinary traffic would count in full. */
    private static final double CAMPAIGN = 6;

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline ordinary) {
        double value = value(group);
        if (known(group) < MIN_KNOWN || value <= 0) {
            return List.of();
        }
        double expected = Math.max(0.03, ordinary.median(ORDINARY, SessionShape::value));
        double score = Math.log(value / expected) / Math.log(CAMPAIGN);
        return List.of(Evidence.of(Signal.SESSION_SHAPE, value, expected, score));
    }

    static double value(GroupStatistics group) {
        double known = known(group);
        if (known < 2) {
            return Double.NaN;
        }
        double same = 0;
        for (int output = 1; output < GroupStatistics.Lengths.OUTPUTS; output++) {
            double count = group.lengths().output(output, true);
            same += count * (count - 1);
        }
        return same / (known * (known - 1));
    }

    /** Exchanges of which the length of the answer is known. */
    private static double known(GroupStatistics group) {
        double known = 0;
        for (int output = 1; output < GroupStatistics.Lengths.OUTPUTS; output++) {
            known += group.lengths().output(output, false);
        }
        return known;
    }
}
