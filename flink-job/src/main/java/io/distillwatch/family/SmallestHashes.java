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
        if (size == capacity && Long.compareUnsigned(hash, hashes[size - 1]) >= 0) {
            return;
        }
        int at = place(hash);
        if (at > 0 && hashes[at - 1] == hash) {
            return;
        }
        if (size == hashes.length && size < capacity) {
            hashes = Arrays.copyOf(hashes, Math.min(capacity, Math.max(2, 2 * size)));
        }
        int end = size == capacity ? size - 1 : size;
        System.arraycopy(hashes, at, hashes, at + 1, end - at);
        hashes[at] = hash;
        size = end + 1;
    }

    /**
     * How many hashes are at most this one. The search has no branch that depends on a hash: which
     * way it goes cannot be foretold, and a branch that is foretold wrongly costs more than it
     * saves.
     */
    private int place(long hash) {
        long key = hash ^ Long.MIN_VALUE;
        int from = 0;
        int left = size;
        while (left > 1) {
            int half = left >>> 1;
            from += (hashes[from + half - 1] ^ Long.MIN_VALUE) <= key ? half : 0;
            left -= half;
        }
        return left == 1 && (hashes[from] ^ Long.MIN_VALUE) <= key ? from + 1 : from;
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

    /** Size of the whole set: exact below the capacity, else (k - 1) / u of the k-th smallest. */
    long estimate() {
        if (size < capacity) {
            return size;
        }
        double kth = (hashes[size - 1] >>> 11) * 0x1.0p-53;
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
