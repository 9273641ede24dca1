package io.distillwatch.group;

import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How often each head came: exact up to {@value #CAPACITY} different ones, above that the counts of
 * the frequent ones, each too small by at most 1 / {@value #CAPACITY} of all (Misra and Gries
 * 1982). A skeleton that is worth a word has few heads, so nothing larger is kept.
 */
final class Heads {

    static final int CAPACITY = 64;

    private long[] keys = new long[4];
    private long[] counts = new long[4];
    private int size;
    private long total;

    void add(long head) {
        total++;
        int at = Arrays.binarySearch(keys, 0, size, head);
        if (at >= 0) {
            counts[at]++;
        } else if (size < CAPACITY) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
            }
            int insert = -at - 1;
            System.arraycopy(keys, insert, keys, insert + 1, size - insert);
            System.arraycopy(counts, insert, counts, insert + 1, size - insert);
            keys[insert] = head;
            counts[insert] = 1;
            size++;
        } else {
            takeOneFromEach();
        }
    }

    /* Takes as many units away as it looks at, so it costs a constant an exchange. */
    private void takeOneFromEach() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (counts[i] > 1) {
                keys[kept] = keys[i];
                counts[kept++] = counts[i] - 1;
            }
        }
        size = kept;
    }

    /** Different heads, from above: each exchange that no count holds is one of its own. */
    double kinds() {
        return size + (double) total - held();
    }

    /** Mean over the exchanges of log2 of how often their head came, from below. */
    double repetition() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += counts[i] * Math.log(counts[i]) / Math.log(2);
        }
        return total == 0 ? 0 : sum / total;
    }

    private long held() {
        long held = 0;
        for (int i = 0; i < size; i++) {
            held += counts[i];
        }
        return held;
    }

    void write(DataOutputView out) throws IOException {
        Wire.writeVarLong(out, total);
        Wire.writeVarInt(out, size);
        for (int i = 0; i < size; i++) {
            out.writeLong(keys[i]);
            Wire.writeVarLong(out, counts[i]);
        }
    }

    static Heads read(DataInputView in) throws IOException {
        Heads heads = new Heads();
        heads.total = Wire.readVarLong(in);
        heads.size = Wire.readVarInt(in);
        heads.keys = new long[Math.max(4, heads.size)];
        heads.counts = new long[heads.keys.length];
        for (int i = 0; i < heads.size; i++) {
            heads.keys[i] = in.readLong();
            heads.counts[i] = Wire.readVarLong(in);
        }
        return heads;
    }
}
