package io.distillwatch.family;

import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The k smallest of a set of hashes, unsigned: a uniform sample of the set that is the same whoever
 * takes it and in which order (bottom-k sketch, Cohen and Kaplan 2007; KMV, Bar-Yossef et al.
 * 2002). Two such samples tell how far their sets overlap.
 */
final class SmallestHashes {

    private static final long[] NONE = {};

    private final int capacity;
    private long[] hashes;
    private int size;

    SmallestHashes(int capacity) {
        this(capacity, NONE, 0);
    }

    private SmallestHashes(int capacity, long[] hashes, int size) {
        this.capacity = capacity;
        this.hashes = hashes;
        this.size = size;
    }

    void add(long hash) {
        int at = newPlace(hashes, 0, size, capacity, hash);
        if (at < 0) {
            return;
        }
        if (size == capacity) {
            replaceLast(hashes, at, size, hash);
            return;
        }
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.min(capacity, Math.max(2, 2 * size)));
        }
        System.arraycopy(hashes, at, hashes, at + 1, size - at);
        hashes[at] = hash;
        size++;
    }

    /**
     * Where a hash belongs in a sample that is part of an array; -1 if it is there already, or does
     * not belong to the smallest.
     *
     * @param from where the sample begins
     * @param to where it ends
     * @param capacity how many hashes it may have
     */
    static int newPlace(long[] hashes, int from, int to, int capacity, long hash) {
        if (to - from == capacity && Long.compareUnsigned(hash, hashes[to - 1]) >= 0) {
            return -1;
        }
        int at = place(hashes, from, to, hash);
        return at > from && hashes[at - 1] == hash ? -1 : at;
    }

    /**
     * The end of those that are at most this one. The search has no branch that depends on a hash:
     * which way it goes cannot be foretold, and a branch that is foretold wrongly costs more than
     * it saves.
     */
    private static int place(long[] hashes, int from, int to, long hash) {
        long key = hash ^ Long.MIN_VALUE;
        int at = from;
        int left = to - from;
        while (left > 1) {
            int half = left >>> 1;
            at += (hashes[at + half - 1] ^ Long.MIN_VALUE) <= key ? half : 0;
            left -= half;
        }
        return left == 1 && (hashes[at] ^ Long.MIN_VALUE) <= key ? at + 1 : at;
    }

    /** Puts a hash in its place in a full sample that ends there; the greatest leaves. */
    static void replaceLast(long[] hashes, int at, int to, long hash) {
        System.arraycopy(hashes, at, hashes, at + 1, to - 1 - at);
        hashes[at] = hash;
    }

    void merge(SmallestHashes other) {
        for (int i = 0; i < other.size; i++) {
            add(other.hashes[i]);
        }
    }

    int size() {
        return size;
    }

    long get(int index) {
        return hashes[index];
    }

    /** Size of the whole set: exact below the capacity, an estimate from there on. */
    long estimate() {
        return size == 0 ? 0 : estimate(size, capacity, hashes[size - 1]);
    }

    /**
     * Size of a whole set of which a sample is known: (k - 1) / u of the k-th smallest, as a
     * fraction of all hashes.
     *
     * @param greatest of the sample
     */
    static long estimate(int size, int capacity, long greatest) {
        if (size < capacity) {
            return size;
        }
        double kth = (greatest >>> 11) * 0x1.0p-53;
        return Math.round((capacity - 1) / Math.max(kth, 0x1.0p-53));
    }

    /** Number of hashes that both samples hold. */
    int common(SmallestHashes other) {
        int common = 0;
        int i = 0;
        int j = 0;
        while (i < size && j < other.size) {
            int order = Long.compareUnsigned(hashes[i], other.hashes[j]);
            if (order == 0) {
                common++;
                i++;
                j++;
            } else if (order < 0) {
                i++;
            } else {
                j++;
            }
        }
        return common;
    }

    /** Jaccard similarity of the two sets, from the k smallest of their union. */
    double jaccard(SmallestHashes other) {
        int i = 0;
        int j = 0;
        int union = 0;
        int common = 0;
        while (union < capacity && (i < size || j < other.size)) {
            int order;
            if (i == size) {
                order = 1;
            } else if (j == other.size) {
                order = -1;
            } else {
                order = Long.compareUnsigned(hashes[i], other.hashes[j]);
            }
            if (order == 0) {
                common++;
            }
            if (order <= 0) {
                i++;
            }
            if (order >= 0) {
                j++;
            }
            union++;
        }
        return union == 0 ? 0 : (double) common / union;
    }

    void write(DataOutputView out) throws IOException {
        Wire.writeLongs(out, hashes, size);
    }

    static SmallestHashes read(int capacity, DataInputView in) throws IOException {
        return of(capacity, Wire.readLongs(in));
    }

    /** A sample that holds the hashes, which are in order and become its own. */
    static SmallestHashes of(int capacity, long[] hashes) {
        return new SmallestHashes(capacity, hashes, hashes.length);
    }
}
