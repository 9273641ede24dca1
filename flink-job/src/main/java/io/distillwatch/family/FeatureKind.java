package io.distillwatch.family;

/**
 * What a feature is a feature of. The kind stands in the two lowest bits of the feature, so that
 * features of different kinds are never linked into one family.
 */
public enum FeatureKind {
    TEXT(0),
    PAYMENT(1);

    private static final long MASK = 3;

    private final long bits;

    FeatureKind(long bits) {
        this.bits = bits;
    }

    /** A hash, marked with this kind. */
    public long mark(long hash) {
        return (hash & ~MASK) | bits;
    }

    /** The kind that a feature or a family is marked with. */
    public static FeatureKind of(long feature) {
        return (feature & MASK) == PAYMENT.bits ? PAYMENT : TEXT;
    }
}
