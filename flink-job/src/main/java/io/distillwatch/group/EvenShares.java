package io.distillwatch.group;

import io.distillwatch.evidence.GroupStatistics;
import java.util.List;

/**
 * Adds accounts' repeats up against what even shares would have given them.
 *
 * <p>Beside the moments, the log-likelihood of the counts under several frailty variances t. With
 * gamma frailty of mean 1, a count x with exposure e is negative binomial: but for terms without t,
 * its log-likelihood is sum over j &lt; x of log(1 + j t), less (x + 1/t) log(1 + e t).
 */
final class EvenShares {

    private static final List<Double> FRAILTIES = GroupStatistics.Shares.FRAILTIES;
    /* More repeats of one account are scaled down to these: it is one account, whatever it does. */
    private static final int MOST = 256;
    private static final double[][] RISING = rising();

    private double exposure;
    private double squares;
    private double excess;
    private final double[] logLikelihoods = new double[FRAILTIES.size()];

    /** Takes an account: its repeats, and those that an even share would have given it. */
    void add(long repeats, double expected) {
        exposure += expected;
        squares += expected * expected;
        excess += (repeats - expected) * (repeats - expected) - repeats;
        double scale = Math.min(1, MOST / Math.max(1, Math.max(repeats, expected)));
        int x = (int) Math.round(repeats * scale);
        double e = expected * scale;
        for (int i = 0; i < logLikelihoods.length; i++) {
            double frailty = FRAILTIES.get(i);
            // Not log1p, which takes five times as long: what is lost of a share of one in a
            // thousand is its thirteenth digit.
            logLikelihoods[i] += RISING[i][x] - (x + 1 / frailty) * Math.log(1 + e * frailty);
        }
    }

    GroupStatistics.Shares shares() {
        return new GroupStatistics.Shares(exposure, squares, excess, logLikelihoods.clone());
    }

    private static double[][] rising() {
        double[][] sums = new double[FRAILTIES.size()][MOST + 1];
        for (int i = 0; i < sums.length; i++) {
            for (int x = 1; x <= MOST; x++) {
                sums[i][x] = sums[i][x - 1] + Math.log1p((x - 1) * FRAILTIES.get(i));
            }
        }
        return sums;
    }
}
