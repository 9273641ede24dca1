package io.distillwatch.family;

import io.distillwatch.serial.RecordCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Features of one bucket in one pane, in ascending order, with who showed them. Nearly all are
 * shown by one account in one exchange: those are two numbers beside it, not an object.
 */
final class FeatureRun {

    private static final int WIDTH = 3;

    /* Feature, account and exchange of each, side by side. */
    private long[] rows;
    /* Of features with more hits than one; null as long as there are none. */
    private FeatureHits[] several;
    private int size;

    FeatureRun(int capacity) {
        rows = new long[WIDTH * capacity];
    }

    /** Appends a feature, greater than all before, that one account shows in one exchange. */
    void append(long feature, long account, long exchange) {
        room();
        int row = WIDTH * size;
        rows[row] = feature;
        rows[row + 1] = account;
        rows[row + 2] = exchange;
        size++;
    }

    /** Appends a feature, greater than all before, with its hits, which become the run's own. */
    void append(long feature, FeatureHits hits) {
        room();
        if (several == null) {
            several = new FeatureHits[rows.length / WIDTH];
        }
        rows[WIDTH * size] = feature;
        several[size] = hits;
        size++;
    }

    private void append(FeatureRun other, int i) {
        if (other.hasSeveral(i)) {
            append(other.feature(i), other.several[i]);
        } else {
            append(other.feature(i), other.account(i), other.exchange(i));
        }
    }

    private void room() {
        if (WIDTH * size == rows.length) {
            int capacity = Math.max(8, 2 * size);
            rows = Arrays.copyOf(rows, WIDTH * capacity);
            several = several == null ? null : Arrays.copyOf(several, capacity);
        }
    }

    private boolean hasSeveral(int i) {
        return several != null && several[i] != null;
    }

    int size() {
        return size;
    }

    long feature(int i) {
        return rows[WIDTH * i];
    }

    private long account(int i) {
        return rows[WIDTH * i + 1];
    }

    private long exchange(int i) {
        return rows[WIDTH * i + 2];
    }

    boolean ofOneAccount(int i) {
        return !hasSeveral(i) || several[i].ofOneAccount();
    }

    /** The account with the smallest hash. */
    long firstAccount(int i) {
        return hasSeveral(i) ? several[i].firstAccount() : account(i);
    }

    /** The feature's hits, to be kept. */
    FeatureHits hits(int i) {
        return hasSeveral(i) ? several[i] : new FeatureHits(account(i), exchange(i));
    }

    /** Adds the feature's hits to those that are kept of it. */
    void addTo(FeatureHits kept, int i) {
        if (hasSeveral(i)) {
            kept.merge(several[i]);
        } else {
            kept.add(account(i), exchange(i));
        }
    }

    /** All runs as one; their hits become its own. */
    static FeatureRun union(List<FeatureRun> runs) {
        List<FeatureRun> left = runs;
        // By pairs: a run for each subtask in front of the shuffle is passed over log2 of them.
        while (left.size() > 1) {
            List<FeatureRun> merged = new ArrayList<>((left.size() + 1) / 2);
            for (int i = 0; i + 1 < left.size(); i += 2) {
                merged.add(union(left.get(i), left.get(i + 1)));
            }
            if (left.size() % 2 == 1) {
                merged.add(left.get(left.size() - 1));
            }
            left = merged;
        }
        return left.isEmpty() ? new FeatureRun(0) : left.get(0);
    }

    private static FeatureRun union(FeatureRun one, FeatureRun other) {
        FeatureRun union = new FeatureRun(one.size + other.size);
        int i = 0;
        int j = 0;
        while (i < one.size && j < other.size) {
            int order = Long.compare(one.feature(i), other.feature(j));
            if (order < 0) {
                union.append(one, i++);
            } else if (order > 0) {
                union.append(other, j++);
            } else {
                FeatureHits hits = one.hits(i);
                other.addTo(hits, j++);
                union.append(one.feature(i++), hits);
            }
        }
        while (i < one.size) {
            union.append(one, i++);
        }
        while (j < other.size) {
            union.append(other, j++);
        }
        return union;
    }

    /** Bytes of a {@link FeatureRun}. */
    static final class Codec implements RecordCodec<FeatureRun> {

        @Override
        public void write(FeatureRun run, DataOutputView out) throws IOException {
            out.writeInt(run.size);
            for (int i = 0; i < run.size; i++) {
                out.writeLong(run.feature(i));
                out.writeBoolean(run.hasSeveral(i));
                if (run.hasSeveral(i)) {
                    run.several[i].write(out);
                } else {
                    out.writeLong(run.account(i));
                    out.writeLong(run.exchange(i));
                }
            }
        }

        @Override
        public FeatureRun read(DataInputView in) throws IOException {
            int size = in.readInt();
            FeatureRun run = new FeatureRun(size);
            for (int i = 0; i < size; i++) {
                long feature = in.readLong();
                if (in.readBoolean()) {
                    run.append(feature, FeatureHits.read(in));
                } else {
                    run.append(feature, in.readLong(), in.readLong());
                }
            }
            return run;
        }
    }
}
