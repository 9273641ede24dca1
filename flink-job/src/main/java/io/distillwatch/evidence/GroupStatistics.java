package io.distillwatch.evidence;

import java.util.Arrays;
import java.util.List;

/**
 * The sufficient statistics of a group of accounts, from which all evidence is computed. Of a large
 * group they describe a consistent sample of its accounts.
 *
 * @param group id of the group
 * @param at end of the pane up to which it looked, epoch milliseconds
 * @param accounts accounts followed
 * @param exchanges exchanges of these accounts in the group
 * @param firstSeen epoch milliseconds
 */
public record GroupStatistics(
        long group,
        long at,
        int accounts,
        long exchanges,
        long firstSeen,
        Load load,
        Work work,
        Timing timing,
        Life life,
        Intent intent,
        Infrastructure infrastructure,
        Models models,
        Skeleton skeleton,
        Lengths lengths,
        Returns returns) {

    /**
     * How repeats spread over accounts.
     *
     * @param lasting as if every account went on being given work
     * @param retiring as if an account that has long been silent was given none any more
     * @param carriers participation ratio of the accounts' exchanges, (sum n)^2 / sum n^2: the
     *     number of equally busy accounts that would be as concentrated
     */
    public record Load(Shares lasting, Shares retiring, double carriers) {}

    /**
     * Repeats of accounts against what even shares would have given.
     *
     * @param exposure sum over accounts of the repeats that an even share would have given
     * @param squares sum of the squares of these
     * @param excess sum of (repeats - exposure)^2 - repeats
     * @param logLikelihoods of the repeats, in nats, under each of {@link #FRAILTIES}, up to a term
     *     that all have in common
     */
    public record Shares(double exposure, double squares, double excess, double[] logLikelihoods) {

        /** Variances of the accounts' rates over their squared mean, ascending. */
        public static final List<Double> FRAILTIES =
                List.of(
                        LoadEvenness.EXACT,
                        LoadEvenness.CAMPAIGN,
                        LoadEvenness.NEARLY,
                        LoadEvenness.LEAST_ORDINARY,
                        0.95,
                        LoadEvenness.ORDINARY);
    }

    /**
     * Who asked the same.
     *
     * @param bodies whole prompts
     * @param tails their last words
     * @param halves about the later half of each
     */
    public record Work(Repeats bodies, Repeats tails, Repeats halves) {}

    /**
     * Things that several accounts showed. Of a sample of things.
     *
     * @param sampled share of all things that the sample covers, 0 to 1
     * @param things distinct things in the sample
     * @param askers sum over these of the accounts that showed them
     * @param askerSquares sum over these of the squared number of accounts
     * @param mostAskers accounts that showed each of the things which most accounts showed,
     *     descending, {@value #MOST} at most
     * @param mostShares shares of all exchanges with these
     */
    public record Repeats(
            double sampled,
            long things,
            long askers,
            double askerSquares,
            long[] mostAskers,
            double[] mostShares) {

        /** Things that are told apart from the rest. */
        public static final int MOST = 4;

        /** Pairs of accounts that showed the same thing, of all but those most accounts showed. */
        public double pairsWithout(int most) {
            double pairs = (askerSquares - askers) / 2;
            for (int i = 0; i < Math.min(most, mostAskers.length); i++) {
                pairs -= mostAskers[i] * (mostAskers[i] - 1) / 2.0;
            }
            return pairs;
        }

        /** Share of all exchanges with the things that most accounts showed: 0 to 1. */
        public double shareOf(int most) {
            return Arrays.stream(mostShares).limit(most).sum();
        }
    }

    /**
     * When accounts are active.
     *
     * @param gaps number of gaps between consecutive exchanges of an account
     * @param shortGaps of these, below ten minutes
     * @param gapSeconds sum of all gaps
     * @param gapSquares sum of their squares, in square seconds
     * @param longGaps of these, above fifty minutes
     * @param lockedGaps of the long ones, within three minutes of a whole number of hours
     * @param lockedOffset mean by which these are longer than whole hours, in seconds
     * @param middleGaps gaps above ten minutes
     * @param quarterGaps of these, within 45 seconds of a whole number of quarters of an hour
     * @param commonStep share of the gaps that cross the most common number of full hours of the
     *     clock, at least one
     * @param regularGaps share of the gaps that are as long as the account's gap before, to within
     *     a fifth
     * @param pooledPairs successive five minutes, silences left out
     * @param dispersion variance over mean of the group's exchanges in these, 1 for independent
     *     accounts
     * @param minuteDispersion the same of those in single minutes
     * @param clumping the same of the accounts that were seen in five minutes
     * @param lastBin number of the newest half-hour bin since the epoch
     * @param bins exchanges in the 48 half-hours up to it, oldest first; of a cohort, with those of
     *     its accounts outside it
     */
    public record Timing(
            long gaps,
            long shortGaps,
            double gapSeconds,
            double gapSquares,
            long longGaps,
            long lockedGaps,
            double lockedOffset,
            long middleGaps,
            long quarterGaps,
            double commonStep,
            double regularGaps,
            long pooledPairs,
            double dispersion,
            double minuteDispersion,
            double clumping,
            long lastBin,
            long[] bins) {

        /** Hours of the last day from the first half-hour with exchanges on: 0 to 24. */
        public double hoursKnown() {
            int from = 0;
            while (from < bins.length && bins[from] == 0) {
                from++;
            }
            return (bins.length - from) / 2.0;
        }
    }

    /**
     * Coming and going.
     *
     * @param retired accounts that fell silent for much longer than an even share allows
     * @param cameBack times that an account which had fallen silent so was seen again
     * @param bornLastDay accounts that joined within the last 24 hours
     * @param diedLastDay accounts that were last seen within the last 24 hours, of the retired
     * @param conversations conversations with at least two exchanges, in a sample
     * @param handedOff of these, on more than one account
     * @param joinedEarly share of accounts that joined in the first half of the group's life, and
     *     had not been in the stream half a day before it already
     * @param ageHours hours since the stream's beginning at which the group was first seen
     */
    public record Life(
            int retired,
            long cameBack,
            int bornLastDay,
            int diedLastDay,
            long conversations,
            long handedOff,
            double joinedEarly,
            double ageHours) {}

    /**
     * What is asked for.
     *
     * @param cues exchanges with each elicitation cue, by its bit
     * @param singleTurn exchanges without earlier turns
     * @param outputTokens sum
     */
    public record Intent(long[] cues, long singleTurn, long outputTokens) {}

    /**
     * What stands behind the accounts. All shares and indices are over accounts.
     *
     * @param withPayment accounts with a known payment fingerprint
     * @param sharingPayment of these, accounts that share it with another
     * @param sharedPayments payments that at least two accounts have
     * @param furtherSharing accounts that share a payment other than the two that most share
     * @param withClient accounts with a known client
     * @param clientSimpson probability that two accounts have the same client (Simpson's index)
     * @param prefixPairs probability that two accounts have their main prefix in common
     * @param crowdedPrefixes prefixes that are the main one of at least two accounts
     * @param rotating accounts with at least five exchanges
     * @param prefixesPerExchange mean over these of distinct prefixes over exchanges (at most 8
     *     looked at)
     * @param singlePrefix share of these with exactly one prefix
     * @param withCreation accounts with a known time of creation
     * @param densestWeek largest share of these that were created within any seven days
     * @param young share of these that were younger than fourteen days when they joined
     * @param largestOrganization share of all accounts that belong to one and the same organisation
     */
    public record Infrastructure(
            int withPayment,
            int sharingPayment,
            int sharedPayments,
            int furtherSharing,
            int withClient,
            double clientSimpson,
            double prefixPairs,
            int crowdedPrefixes,
            int rotating,
            double prefixesPerExchange,
            double singlePrefix,
            int withCreation,
            double densestWeek,
            double young,
            double largestOrganization) {}

    /**
     * Which models are used. The arrays run in parallel.
     *
     * @param ids hashes of the names, ascending
     * @param firstSeen when the group used each first, epoch milliseconds
     * @param recent exchanges with each in the last 24 hours, to within a quarter-day's rhythm
     */
    public record Models(long[] ids, long[] firstSeen, long[] recent) {}

    /**
     * Heads and bodies of the prompts. Entropies are those of the counts, in bits, uncorrected.
     *
     * @param headBits entropy of the heads, from above: a head too rare to be counted is taken as
     *     one of its own each time
     * @param headKinds different heads, from above
     * @param bodyBits entropy of the bodies
     * @param bodyKinds different bodies
     */
    public record Skeleton(double headBits, double headKinds, double bodyBits, double bodyKinds) {}

    /**
     * Lengths of prompts and answers: exchanges by octave of prompt tokens, octave of output tokens
     * and single or several turns.
     *
     * @param cells {@value #CELLS} counts, see {@link #cell}
     */
    public record Lengths(long[] cells) {

        /* Octaves below 16 tokens and from 1024 on are one class each. */
        static final int PROMPTS = 8;
        /* Class 0 is "not known"; below 8 tokens and from 4096 on are one class each. */
        static final int OUTPUTS = 12;

        public static final int CELLS = 2 * PROMPTS * OUTPUTS;

        /** The cell of an exchange; no output tokens means that they are not known. */
        public static int cell(long promptTokens, long outputTokens, boolean singleTurn) {
            int prompt = octave(promptTokens, 3, PROMPTS - 1);
            int output = outputTokens <= 0 ? 0 : 1 + octave(outputTokens, 2, OUTPUTS - 2);
            return ((singleTurn ? 0 : 1) * OUTPUTS + output) * PROMPTS + prompt;
        }

        private static int octave(long tokens, int smallest, int most) {
            int log = 63 - Long.numberOfLeadingZeros(Math.max(1, tokens));
            return Math.max(0, Math.min(most, log - smallest));
        }

        /** Exchanges with an output class, of one turn only or of all. */
        long output(int output, boolean singleTurnOnly) {
            long sum = 0;
            for (int turn = 0; turn < (singleTurnOnly ? 1 : 2); turn++) {
                for (int prompt = 0; prompt < PROMPTS; prompt++) {
                    sum += cells[(turn * OUTPUTS + output) * PROMPTS + prompt];
                }
            }
            return sum;
        }
    }

    /**
     * Who comes first after the whole group was silent for half an hour or more.
     *
     * @param accounts accounts in the first pane after each silence, summed
     * @param known of these, those that the group had before
     */
    public record Returns(long accounts, long known) {}
}
