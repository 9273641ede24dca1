package io.distillwatch.evidence;

import java.util.Arrays;
import java.util.List;

/**
 * Rhythm of the group against that of ordinary accounts over the same half-hours: people sleep, a
 * queue does not. The value is the group's variance of half-hour counts beyond chance, relative to
 * the squared mean; expected is the same for ordinary accounts. It speaks only when ordinary
 * traffic has swung by enough in the time looked at, so not in the first hours of a campaign, and
 * not of timers, which do not sleep either.
 */
final class FlatRhythm implements Statistic {

    private static final int MIN_BINS = 8;
    private static final double MIN_SWING = 0.03;

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline ordinary) {
        long[] bins = group.timing().bins();
        int from = 0;
        while (from < bins.length && bins[from] == 0) {
            from++;
        }
        // The first and the newest bins are cut off by the group's start and by now.
        int length = bins.length - from - 2;
        if (length < MIN_BINS) {
            return List.of();
        }
        double[] own = new double[length];
        for (int i = 0; i < length; i++) {
            own[i] = bins[from + 1 + i];
        }
        double[] others =
                Arrays.copyOf(ordinary.rhythm(group.timing().lastBin() - 1, length), length);
        double expected = swing(others);
        if (mean(own) < 4 || mean(others) < 4 || expected < MIN_SWING) {
            return List.of();
        }
        double value = Math.max(0, swing(own));
        double error = Math.sqrt(2.0 / length) / mean(own);
        double score =
                Clockwork.timers(group.timing())
                        ? 0
                        : Statistic.between(Math.max(0.002, value + error), expected, expected / 8);
        return List.of(Evidence.of(Signal.FLAT_RHYTHM, value, expected, score));
    }

    private static double swing(double[] counts) {
        double mean = mean(counts);
        double squares = 0;
        for (double count : counts) {
            squares += (count - mean) * (count - mean);
        }
        double variance = squares / (counts.length - 1);
        return mean == 0 ? 0 : (variance - mean) / (mean * mean);
    }

    private static double mean(double[] counts) {
        return Arrays.stream(counts).average().orElse(0);
    }
}
