package io.distillwatch.group;

import io.distillwatch.serial.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The exchanges of a group taken as one stream: the index of dispersion of its counts by slots of
 * one length, 1 for independent accounts, near 0 where one hand sends at a steady rate. Of
 * successive differences (von Neumann 1941), so that the rhythm of the day drops out.
 */
final class PooledStream {

    private final long length;
    private long slot;
    private long count;
    /* Of the slot before; negative before there is one. */
    private long previous = -1;
    private long pairs;
    private double sum;
    private double squares;

    /**
     * A stream of which nothing was seen yet.
     *
     * @param length of a slot, milliseconds
     */
    PooledStream(long length) {
        this.length = length;
    }

    /** Takes what was seen, exchanges or accounts, in the slot of a time; in order of time. */
    void add(long time, long seen) {
        long current = Math.floorDiv(time, length);
        if (slot != 0 && current > slot) {
            endSlot();
            if (current > slot + 1) {
                count = 0;
                endSlot();
            }
            count = 0;
        }
        slot = current;
        count += seen;
    }

    /* Of a silence its beginning and its end say all there is to say. */
    private void endSlot() {
        if (previous >= 0) {
            pairs++;
            sum += count + previous;
            squares += (double) (count - previous) * (count - previous);
        }
        previous = count;
    }

    /** Successive slots, silences left out. */
    long pairs() {
        return pairs;
    }

    /** Variance over mean. */
    double dispersion() {
        return squares / Math.max(1, sum);
    }

    void write(DataOutputView out) throws IOException {
        out.writeLong(slot);
        Wire.writeVarLong(out, count);
        out.writeLong(previous);
        Wire.writeVarLong(out, pairs);
        out.writeDouble(sum);
        out.writeDouble(squares);
    }

    static PooledStream read(long length, DataInputView in) throws IOException {
        PooledStream pooled = new PooledStream(length);
        pooled.slot = in.readLong();
        pooled.count = Wire.readVarLong(in);
        pooled.previous = in.readLong();
        pooled.pairs = Wire.readVarLong(in);
        pooled.sum = in.readDouble();
        pooled.squares = in.readDouble();
        return pooled;
    }
}
