package io.distillwatch.sketch;

import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.LongsSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How often each of several hashes came: exact up to {@value #MAX_EXACT} different ones, which is
 * what the sketch would hold of them without error in twice the bytes; above that a frequent-items
 * sketch (Misra-Gries in the form of DataSketches), in which a count errs by at most 3.5 / {@value
 * #MAP_SIZE} of the total.
 */
public final class FrequencySketch {

    static final int MAX_EXACT = 384;
    static final int MAP_SIZE = 512;

    /* Up to this many counts are put in one by one. */
    private static final int FEW = 3;

    private static final long[] NONE = {};

    private long[] keys = NONE;
    private long[] counts = NONE;
    private int size;
    private long total;
    private LongsSketch large;
    private DistinctSketch distinct;

    public void add(long key, long count) {
        total += count;
        if (large != null) {
            large.update(key, count);
            distinct.add(key);
            return;
        }
        int at = Arrays.binarySearch(keys, 0, size, key);
        if (at >= 0) {
            counts[at] += count;
            return;
        }
        if (size == MAX_EXACT) {
            grow();
            large.update(key, count);
            distinct.add(key);
            return;
        }
        if (size == keys.length) {
            int capacity = Math.min(MAX_EXACT, Math.max(1, 2 * size));
            keys = Arrays.copyOf(keys, capacity);
            counts = Arrays.copyOf(counts, capacity);
        }
        int insert = -at - 1;
        System.arraycopy(keys, insert, keys, insert + 1, size - insert);
        System.arraycopy(counts, insert, counts, insert + 1, size - insert);
        keys[insert] = key;
        counts[insert] = count;
        size++;
    }

    private void grow() {
        large = new LongsSketch(MAP_SIZE);
        distinct = new DistinctSketch();
        for (int i = 0; i < size; i++) {
            large.update(keys[i], counts[i]);
            distinct.add(keys[i]);
        }
        keys = NONE;
        counts = NONE;
        size = 0;
    }

    /** Takes all counts of another sketch, which stays as it is. */
    public void merge(FrequencySketch other) {
        if (other.large == null) {
            if (large != null || other.size <= FEW || !mergeExact(other)) {
                for (int i = 0; i < other.size; i++) {
                    add(other.keys[i], other.counts[i]);
                }
            }
            return;
        }
        if (large == null) {
            grow();
        }
        large.merge(other.large);
        distinct.merge(other.distinct);
        total += other.total;
    }

    /** Both are in order: one pass over them instead of a search a key; false if it is too much. */
    private boolean mergeExact(FrequencySketch other) {
        long[] mergedKeys = new long[Math.min(MAX_EXACT, size + other.size)];
        long[] mergedCounts = new long[mergedKeys.length];
        int n = 0;
        int i = 0;
        int j = 0;
        while (i < size || j < other.size) {
            if (n == mergedKeys.length) {
                return false;
            }
            boolean mine = j == other.size || (i < size && keys[i] <= other.keys[j]);
            boolean both = mine && j < other.size && keys[i] == other.keys[j];
            mergedKeys[n] = mine ? keys[i] : other.keys[j];
            mergedCounts[n++] = (mine ? counts[i++] : 0) + (both || !mine ? other.counts[j++] : 0);
        }
        keys = mergedKeys;
        counts = mergedCounts;
        size = n;
        total += other.total;
        return true;
    }

    public long total() {
        return total;
    }

    /** Number of different keys. */
    public long distinct() {
        return large == null ? size : Math.max(distinct.estimate(), 1);
    }

    /**
     * How the total is spread over the keys.
     *
     * @param distinct number of different keys
     * @param error relative standard error of that, 0 while all figures are exact
     * @param entropy Shannon entropy of the keys in bits; above the exact range the mass that the
     *     sketch cannot attribute is taken as spread evenly over the keys that it does not hold
     * @param top share of the most frequent key in the total, 0 to 1; 0 when empty
     */
    public record Shares(long distinct, double error, double entropy, double top) {

        /** Of a single key that came once. */
        public static final Shares OF_ONE = new Shares(1, 0, 0, 1);

        /** Of so many keys whose counts, all above 0, stand first. */
        static Shares exact(long[] counts, int size, long total) {
            // H = log2 N - (sum of n log2 n) / N: keys that came once, as most do, add nothing.
            double sum = 0;
            long top = 0;
            for (int i = 0; i < size; i++) {
                if (counts[i] > 1) {
                    sum += counts[i] * Math.log(counts[i]);
                    top = Math.max(top, counts[i]);
                }
            }
            double bits = total == 0 ? 0 : (Math.log(total) - sum / total) / Math.log(2);
            double share = total == 0 ? 0 : (double) Math.max(1, top) / total;
            return new Shares(size, 0, size > 1 ? Math.max(0, bits) : 0, share);
        }
    }

    /** All figures at the price of one look at the sketch. */
    public Shares shares() {
        if (large == null) {
            return Shares.exact(counts, size, total);
        }
        LongsSketch.Row[] rows = large.getFrequentItems(ErrorType.NO_FALSE_NEGATIVES);
        long top = rows.length == 0 ? 1 : rows[0].getEstimate();
        return new Shares(
                distinct(), DistinctSketch.ERROR, entropy(rows), Math.min(1, (double) top / total));
    }

    /** {@link Shares#top}. */
    public double topShare() {
        return shares().top();
    }

    /** {@link Shares#entropy}. */
    public double entropy() {
        return shares().entropy();
    }

    private double entropy(LongsSketch.Row[] rows) {
        double sum = 0;
        long attributed = 0;
        for (LongsSketch.Row row : rows) {
            sum += plogp(row.getLowerBound());
            attributed += row.getLowerBound();
        }
        double rest = total - attributed;
        double others = Math.max(1, distinct() - rows.length);
        if (rest > 0) {
            sum += others * plogp(rest / others);
        }
        return Math.max(0, sum);
    }

    private double plogp(double count) {
        if (count <= 0) {
            return 0;
        }
        double p = count / total;
        return -p * Math.log(p) / Math.log(2);
    }

    public void write(DataOutputView out) throws IOException {
        Wire.writeVarLong(out, total);
        out.writeBoolean(large != null);
        if (large != null) {
            Wire.writeBytes(out, large.toByteArray());
            distinct.write(out);
            return;
        }
        Wire.writeVarInt(out, size);
        for (int i = 0; i < size; i++) {
            out.writeLong(keys[i]);
            Wire.writeVarLong(out, counts[i]);
        }
    }

    public static FrequencySketch read(DataInputView in) throws IOException {
        long total = Wire.readVarLong(in);
        if (in.readBoolean()) {
            return readLarge(total, in);
        }
        FrequencySketch sketch = new FrequencySketch();
        sketch.total = total;
        sketch.size = Wire.readVarInt(in);
        sketch.keys = new long[sketch.size];
        sketch.counts = new long[sketch.size];
        for (int i = 0; i < sketch.size; i++) {
            sketch.keys[i] = in.readLong();
            sketch.counts[i] = Wire.readVarLong(in);
        }
        return sketch;
    }

    private static FrequencySketch readLarge(long total, DataInputView in) throws IOException {
        FrequencySketch sketch = new FrequencySketch();
        sketch.total = total;
        sketch.large = LongsSketch.getInstance(Memory.wrap(Wire.readBytes(in)));
        sketch.distinct = DistinctSketch.read(in);
        return sketch;
    }

    /** Adds to a union what {@link #write} wrote, without making the sketch if it is exact. */
    public static void addTo(FrequencyUnion union, DataInputView in) throws IOException {
        long total = Wire.readVarLong(in);
        if (in.readBoolean()) {
            union.addLarge(readLarge(total, in));
            return;
        }
        int size = Wire.readVarInt(in);
        for (int i = 0; i < size; i++) {
            union.add(in.readLong(), Wire.readVarLong(in));
        }
    }
}
