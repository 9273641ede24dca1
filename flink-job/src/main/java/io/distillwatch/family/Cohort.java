package io.distillwatch.family;

import io.distillwatch.exchange.Exchange;

/**
 * What brings accounts together when their texts have nothing in common: the same client or the
 * same payment, of accounts that work as machines do. A cohort is no evidence, only a reason to
 * look; it takes an account's exchanges only where no prompt family does, or where that family is
 * one of a crowd's.
 *
 * <p>Cohorts share the space of features and families; the two lowest bits tell them apart.
 */
public final class Cohort {

    private static final long CLIENT = 1;
    private static final long PAYMENT = 2;
    private static final long KIND = 3;
    /* Spreads what may be a small number over 64 bits: the golden ratio's fractional part. */
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private Cohort() {}

    /** Whether a feature or family is a cohort. */
    public static boolean isCohort(long feature) {
        return (feature & KIND) == CLIENT || isPayment(feature);
    }

    /** Whether it is a cohort of accounts with the same payment. */
    public static boolean isPayment(long feature) {
        return (feature & KIND) == PAYMENT;
    }

    /**
     * What kind of group it is: prompt family, cohort by client or cohort by payment. An exchange
     * is in one group of a kind at most, and may be in groups of several kinds.
     */
    public static long kind(long group) {
        return isCohort(group) ? group & KIND : 0;
    }

    /** The cohort of the exchange's client; 0 where it is unknown. */
    public static long client(Exchange exchange) {
        return marked(exchange.clientHash(), CLIENT);
    }

    /** The cohort of the exchange's payment fingerprint; 0 where it is unknown. */
    public static long payment(Exchange exchange) {
        return marked(exchange.paymentHash(), PAYMENT);
    }

    /** The part of a cohort that is found in a prompt family. */
    public static long within(long cohort, long family) {
        return marked(cohort ^ Long.rotateLeft(family * GOLDEN, 32), cohort & KIND);
    }

    private static long marked(long hash, long kind) {
        return hash == 0 ? 0 : (hash * GOLDEN & ~KIND) | kind;
    }
}
