package io.distillwatch.group;

import io.distillwatch.serial.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The exchanges of a group taken as one stream: the index of dispersion of its counts by pane, 1
 * for independent accounts, near 0 where one hand sends at a steady rate. Of successive differences
 * (von Neumann 1941), so that the rhythm of the day drops out. Panes without exchanges are not
 * seen.
 */
final class PooledStream {

    private long pairs;
    private long previous;
    private double sum;
    private double squares;

    /** Takes the number of exchanges in the next pane that had any. */
    void add(long count) {
        if (previous > 0) {
            pairs++;
            sum += count + previous;
            squares += (double) (count - previous) * (count - previous);
        }
        previous = count;
    }

    long pairs() {
        return pairs;
    }

    /** Variance over mean. */
    double dispersion() {
        return squares / Math.max(1, sum);
    }

    void write(DataOutputView out) throws IOException {
        Wire.writeVarLong(out, pairs);
        Wire.writeVarLong(out, previous);
        out.writeDouble(sum);
        out.writeDouble(squares);
    }

    static PooledStream read(DataInputView in) throws IOException {
        PooledStream pooled = new PooledStream();
        pooled.pairs = Wire.readVarLong(in);
        pooled.previous = Wire.readVarLong(in);
        pooled.sum = in.readDouble();
        pooled.squares = in.readDouble();
        return pooled;
    }
}
