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
    /* Of a cohort: that it is found in a prompt family. */
    private static final long WITHIN = 4;
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

    /** What a group may be. An exchange is in one group of each sort at most. */
    public enum Sort {
        /** A prompt family. */
        FAMILY,
        /** A cohort by client, of exchanges that are in no family. */
        CLIENT,
        /** A cohort by payment, of exchanges that are in no family. */
        PAYMENT,
        /** A cohort by client, of exchanges that are in a family as well. */
        CLIENT_WITHIN,
        /** A cohort by payment, of exchanges that are in a family as well. */
        PAYMENT_WITHIN
    }

    /** What a group is. */
    public static Sort sort(long group) {
        if (!isCohort(group)) {
            return Sort.FAMILY;
        }
        boolean within = (group & WITHIN) != 0;
        if (isPayment(group)) {
            return within ? Sort.PAYMENT_WITHIN : Sort.PAYMENT;
        }
        return within ? Sort.CLIENT_WITHIN : Sort.CLIENT;
    }

    /** The cohort of the exchange's client; 0 where it is unknown. */
    public static long client(Exchange exchange) {
        return marked(exchange.clientHash(), CLIENT);
    }

    /** The cohort of the exchange's payment fingerprint; 0 where it is unknown. */
    public static long payment(Exchange exchange) {
        return ofPayment(exchange.paymentHash());
    }

    /** The cohort of a payment fingerprint; 0 for 0. */
    public static long ofPayment(long paymentHash) {
        return marked(paymentHash, PAYMENT);
    }

    /** The part of a cohort that is found in a prompt family. */
    public static long within(long cohort, long family) {
        return marked(cohort ^ Long.rotateLeft(family * GOLDEN, 32), cohort & KIND | WITHIN);
    }

    private static long marked(long hash, long kind) {
        return hash == 0 ? 0 : (hash * GOLDEN & ~(KIND | WITHIN)) | kind;
    }
}
