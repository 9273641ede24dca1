package io.distillwatch.workbench.evaluate;

import java.util.Arrays;
import java.util.Collection;
import java.util.Random;

/** The statistics of the table. */
final class Statistics {

    /** Two-sided 95 % of the normal distribution. */
    private static final double Z = 1.959963984540054;

    /** Below this many values a bootstrap says no more than the least and the greatest. */
    static final int BOOTSTRAP_FROM = 10;

    private static final int RESAMPLES = 2_000;

    private Statistics() {}

    /** Bounds of an interval. */
    record Interval(double low, double high) {}

    /** Wilson's 95 % interval of a share: sound for few trials and for none or all hit. */
    static Interval wilson(int hits, int trials) {
        if (trials == 0) {
            return new Interval(0, 1);
        }
        double share = (double) hits / trials;
        double scale = 1 + Z * Z / trials;
        double centre = (share + Z * Z / (2 * trials)) / scale;
        double half =
                Z
                        * Math.sqrt(share * (1 - share) / trials + Z * Z / (4.0 * trials * trials))
                        / scale;
        return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /** The median; {@code null} of nothing. */
    static Double median(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0 ? null : middle(sorted);
    }

    /**
     * 95 % percentile bootstrap of the median, always with the same draws; the least and the
     * greatest value where there are fewer than {@value #BOOTSTRAP_FROM}; {@code null} of nothing.
     */
    static Interval medianInterval(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            return null;
        }
        if (sorted.length < BOOTSTRAP_FROM) {
            return new Interval(sorted[0], sorted[sorted.length - 1]);
        }
        Random random = new Random(1);
        double[] medians = new double[RESAMPLES];
        double[] drawn = new double[sorted.length];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < drawn.length; j++) {
                drawn[j] = sorted[random.nextInt(sorted.length)];
            }
            Arrays.sort(drawn);
            medians[i] = middle(drawn);
        }
        Arrays.sort(medians);
        return new Interval(
                medians[(int) (0.025 * RESAMPLES)], medians[(int) (0.975 * RESAMPLES) - 1]);
    }

    /** The mean; {@code null} of nothing. */
    static Double mean(Collection<Double> values) {
        return values.isEmpty()
                ? null
                : values.stream().mapToDouble(Double::doubleValue).average().getAsDouble();
    }

    /** The least; {@code null} of nothing. */
    static Double least(Collection<Double> values) {
        return values.isEmpty()
                ? null
                : values.stream().mapToDouble(Double::doubleValue).min().getAsDouble();
    }

    private static double middle(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
