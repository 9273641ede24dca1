package io.distillwatch.workbench.replay;

import org.apache.flink.api.connector.source.SourceEvent;

/** What readers and the enumerator tell each other, so that no reader runs away from the rest. */
final class Pace {

    /**
     * How many blocks the fastest reader may be ahead of the slowest: 16,384 lines, about 16 MB.
     */
    static final long LEAD_BLOCKS = 32;

    /** A reader reports each time it has come this far: often enough never to wait when level. */
    static final long REPORT_BLOCKS = 4;

    private Pace() {}

    /**
     * @param block the block that a reader is in; {@code Long.MAX_VALUE} when it is through
     */
    record Reached(long block) implements SourceEvent {}

    /**
     * @param block the last block that a reader may enter; {@code Long.MAX_VALUE} is a farewell
     */
    record Allowed(long block) implements SourceEvent {}
}
