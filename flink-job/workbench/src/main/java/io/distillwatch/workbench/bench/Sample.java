package io.distillwatch.workbench.bench;

import java.util.Arrays;
import java.util.Random;

/** A few paired measurements: their median and how far it can be trusted. */
final class Sample {

    private static final int RESAMPLES = 10_000;

    /** So that the same measurements print the same interval. */
    private static final long SEED = 20_261_122;

    private final double[] values;

    Sample(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no measurements");
        }
        this.values = values.clone();
    }

    double median() {
        return median(values.clone());
    }

    /** Bounds of the median by the percentile bootstrap, 95 %. */
    double[] interval() {
        Random random = new Random(SEED);
        double[] medians = new double[RESAMPLES];
        double[] drawn = new double[values.length];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < drawn.length; j++) {
                drawn[j] = values[random.nextInt(values.length)];
            }
            medians[i] = median(drawn);
        }
        Arrays.sort(medians);
        return new double[] {medians[RESAMPLES / 40], medians[RESAMPLES - 1 - RESAMPLES / 40]};
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
