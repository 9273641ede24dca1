package io.distillwatch.campaign;

import io.distillwatch.family.Cohort;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Adds up exchanges over groups that overlap, so that none counts twice: an exchange is in one
 * family at most, in a cohort by client and in one by payment, and where it is in a family as well
 * these are cohorts within it. What comes out is a lower bound, since of two cohorts of which
 * nobody knows what they have in common the one with more counts.
 */
final class Tally {

    private final long[] bySort = new long[Cohort.Sort.values().length];
    /* Cohorts within families that are counted themselves. */
    private final Set<Long> held = new HashSet<>();

    /**
     * @param families that are counted
     * @param payments fingerprints of the accounts whose exchanges they are, 0 where unknown
     */
    Tally(Collection<Long> families, Collection<Long> payments) {
        for (long payment : payments) {
            for (long family : families) {
                held.add(Cohort.within(Cohort.ofPayment(payment), family));
            }
        }
    }

    void add(long group, long exchanges) {
        if (!held.contains(group)) {
            bySort[Cohort.sort(group).ordinal()] += exchanges;
        }
    }

    /** Whether a group is one of those that are added up, once all are known. */
    boolean counts(long group) {
        return !held.contains(group)
                && switch (Cohort.sort(group)) {
                    case FAMILY, PAYMENT_WITHIN -> !byClientWithin();
                    case CLIENT_WITHIN -> byClientWithin();
                    case CLIENT -> byClient();
                    case PAYMENT -> !byClient();
                };
    }

    long sum() {
        long inFamilies = of(Cohort.Sort.FAMILY) + of(Cohort.Sort.PAYMENT_WITHIN);
        return Math.max(inFamilies, of(Cohort.Sort.CLIENT_WITHIN))
                + Math.max(of(Cohort.Sort.CLIENT), of(Cohort.Sort.PAYMENT));
    }

    private boolean byClientWithin() {
        return of(Cohort.Sort.CLIENT_WITHIN)
                > of(Cohort.Sort.FAMILY) + of(Cohort.Sort.PAYMENT_WITHIN);
    }

    private boolean byClient() {
        return of(Cohort.Sort.CLIENT) > of(Cohort.Sort.PAYMENT);
    }

    private long of(Cohort.Sort sort) {
        return bySort[sort.ordinal()];
    }
}
