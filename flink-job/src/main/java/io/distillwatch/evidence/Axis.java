package io.distillwatch.evidence;

/**
 * Independent kinds of evidence: signals of one axis tend to hold or fail together, so of each axis
 * only the strongest counts.
 */
public enum Axis {
    /** What is asked is dealt out. */
    WORK,
    /** Accounts carry equal loads. */
    LOAD,
    /** When accounts are active. */
    TIME,
    /** Accounts come, go and stand in for one another. */
    LIFE,
    /** What is asked for is what a student model learns from. */
    INTENT,
    /** Networks, clients and payments. */
    INFRASTRUCTURE,
    /** Accounts were made together. */
    BIRTH
}
