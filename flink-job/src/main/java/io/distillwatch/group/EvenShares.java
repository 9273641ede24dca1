package io.distillwatch.group;

import io.distillwatch.evidence.GroupStatistics;

/**
 * Adds accounts' repeats up against what even shares would have given them: had every account
 * lasted until now, and had those retired that fell silent.
 *
 * <p>Beside the moments, the log-likelihood of the counts under several frailty variances t. With
 * gamma frailty of mean 1, a count x with exposure e is negative binomial: but for terms without t,
 * its log-likelihood is sum over j &lt; x of log(1 + j t), less (x + 1/t) log(1 + e t).
 */
final class EvenShares {

    private static final double[] FRAILTIES =
            GroupStatistics.Shares.FRAILTIES.stream().mapToDouble(frailty -> frailty).toArray();
    /* More repeats of one account are scaled down to these: it is one account, whatever it does. */
    private static final int MOST = 256;
    private static final double[][] RISING = rising();

    /** Over accounts, under one of the two assumptions. */
    private static final class Sums {
        private double exposure;
        private double squares;
        private double excess;
        private final double[] logLikelihoods = new double[FRAILTIES.length];

        void add(long repeats, double expected, double[] ofOne) {
            exposure += expected;
            squares += expected * expected;
            excess += (repeats - expected) * (repeats - expected) - repeats;
            for (int i = 0; i < ofOne.length; i++) {
                logLikelihoods[i] += ofOne[i];
            }
        }

        GroupStatistics.Shares shares() {
            return new GroupStatistics.Shares(exposure, squares, excess, logLikelihoods.clone());
        }
    }

    private final Sums lasting = new Sums();
    private final Sums retiring = new Sums();
    /* Of the account at hand. */
    private final double[] logLikelihoods = new double[FRAILTIES.length];

    /**
     * Takes an account.
     *
     * @param repeats of the account
     * @param expected those that an even share would have given it until now
     * @param untilRetired those until it fell silent; the same for an account that has not
     */
    void add(long repeats, double expected, double untilRetired) {
        likelihoods(repeats, expected);
        lasting.add(repeats, expected, logLikelihoods);
        if (untilRetired != expected) {
            likelihoods(repeats, untilRetired);
        }
        retiring.add(repeats, untilRetired, logLikelihoods);
    }

    private void likelihoods(long repeats, double expected) {
        double scale = Math.min(1, MOST / Math.max(1, Math.max(repeats, expected)));
        int x = (int) Math.round(repeats * scale);
        double e = expected * scale;
        for (int i = 0; i < FRAILTIES.length; i++) {
            double frailty = FRAILTIES[i];
            // Not log1p, which the virtual machine has no code of its own for: what is lost of a
            // share of one in a thousand is its thirteenth digit.
            logLikelihoods[i] = RISING[i][x] - (x + 1 / frailty) * Math.log(1 + e * frailty);
        }
    }

    /** Of accounts that are all taken to have lasted. */
    GroupStatistics.Shares lasting() {
        return lasting.shares();
    }

    /** Of accounts that are taken to be gone when they fall silent. */
    GroupStatistics.Shares retiring() {
        return retiring.shares();
    }

    private static double[][] rising() {
        double[][] sums = new double[FRAILTIES.length][MOST + 1];
        for (int i = 0; i < sums.length; i++) {
            for (int x = 1; x <= MOST; x++) {
                sums[i][x] = sums[i][x - 1] + Math.log1p((x - 1) * FRAILTIES[i]);
            }
        }
        return sums;
    }
}
