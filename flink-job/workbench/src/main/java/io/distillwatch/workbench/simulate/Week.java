package io.distillwatch.workbench.simulate;

import java.util.Arrays;

/** How activity is spread over the week: weights by time of the week, Monday 00:00 first. */
final class Week {

    private static final long MILLIS = 7 * 86_400_000L;

    /** 1 January 1970 was a Thursday. */
    private static final long THURSDAY = 3 * 86_400_000L;

    /** Awake people, weights by local hour: the shape of published chat-service load curves. */
    static final Week PEOPLE =
            daily(
                    new double[] {
                        .25, .15, .1, .08, .08, .12, .3, .6, .9, 1.2, 1.35, 1.35, 1.2, 1.3, 1.4,
                        1.4, 1.35, 1.25, 1.2, 1.3, 1.4, 1.3, .95, .55
                    },
                    0.75);

    /** Office hours. */
    static final Week OFFICE =
            daily(
                    new double[] {
                        .02, .01, .01, .01, .01, .02, .1, .5, 1.4, 2.1, 2.2, 2.0, 1.3, 1.8, 2.1,
                        2.0, 1.7, 1.1, .5, .25, .2, .15, .1, .05
                    },
                    0.12);

    /** Afternoons and evenings of pupils. */
    static final Week EVENING =
            daily(
                    new double[] {
                        .2, .1, .05, .05, .05, .05, .1, .3, .4, .5, .5, .5, .6, .9, 1.3, 1.7, 2.0,
                        2.1, 2.0, 2.2, 2.3, 1.9, 1.2, .5
                    },
                    0.8);

    /** Shops and restaurants, closed at night: lunch and evening. */
    static final Week OPENING =
            daily(
                    new double[] {
                        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .7, 1.2, 2.2, 1.9, 1.2, 1.0, 1.1, 1.5, 2.2,
                        2.4, 1.8, 1.0, 0, 0
                    },
                    1.2);

    /** A nightly run of three hours. */
    static final Week NIGHTLY =
            daily(
                    new double[] {
                        0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
                    },
                    1);

    /** Machines: day and night alike. */
    static final Week FLAT = new Week(new double[] {1});

    /** Expected activity up to the end of each bin, in average days: ends at 7. */
    private final double[] cumulative;

    private final double binMillis;

    /** Weights of equal bins of the week, any unit; at least one must be positive. */
    Week(double[] weights) {
        double total = Arrays.stream(weights).sum();
        if (!(total > 0)) {
            throw new IllegalArgumentException("a week without any activity");
        }
        cumulative = new double[weights.length + 1];
        for (int i = 0; i < weights.length; i++) {
            cumulative[i + 1] = cumulative[i] + weights[i] * 7 / total;
        }
        binMillis = (double) MILLIS / weights.length;
    }

    private static Week daily(double[] hours, double weekend) {
        double[] week = new double[168];
        for (int h = 0; h < 168; h++) {
            week[h] = hours[h % 24] * (h / 24 >= 5 ? weekend : 1);
        }
        return new Week(week);
    }

    /**
     * The time at which {@code days} average days of activity have passed.
     *
     * @param from epoch milliseconds
     * @param zone milliseconds that local time is ahead of UTC
     */
    long after(long from, double days, int zone) {
        long local = from + zone + THURSDAY;
        long week = Math.floorDiv(local, MILLIS);
        double position = Math.floorMod(local, MILLIS) / binMillis;
        int bin = Math.min(cumulative.length - 2, (int) position);
        double width = cumulative[bin + 1] - cumulative[bin];
        double target = cumulative[bin] + width * (position - bin) + days;
        double weeks = Math.floor(target / 7);
        double rest = target - weeks * 7;
        int found = Arrays.binarySearch(cumulative, rest);
        int at = Math.min(cumulative.length - 2, found >= 0 ? found : -found - 2);
        double inside = cumulative[at + 1] - cumulative[at];
        double exact = at + (inside > 0 ? (rest - cumulative[at]) / inside : 0);
        long there = (week + (long) weeks) * MILLIS + (long) (exact * binMillis);
        // rounding must not stand still
        return Math.max(from + 1, there - zone - THURSDAY);
    }
}
