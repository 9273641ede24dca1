package io.distillwatch.settings;

import java.util.Locale;

/** Where a job that has no state of its own starts to read. */
public enum StartingOffsets {
    /** After what the consumer group has committed; from the earliest record where it has not. */
    COMMITTED,
    /** From the earliest record that the broker still has. */
    EARLIEST,
    /** Only what arrives from now on. */
    LATEST;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
