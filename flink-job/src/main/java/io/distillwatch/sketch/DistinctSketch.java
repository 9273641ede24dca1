package io.distillwatch.sketch;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A mergeable count of distinct 64-bit hashes. Up to {@value #MAX_TOKENS} values it keeps one
 * 32-bit token a value and counts exactly (two of 256 values share a token with probability 2e-4);
 * above, where tokens would take more room, it is an UltraLogLog sketch of {@value #BYTES} bytes
 * with a relative standard error of 2.4 % (Ertl, "UltraLogLog", VLDB 2024). Adding and merging
 * commute, and repeat without effect.
 */
public final class DistinctSketch {

    static final int MAX_TOKENS = 256;
    static final int PRECISION = 10;
    static final int BYTES = 1 << PRECISION;
    /* 0.782 / sqrt(1024), of the estimator that hash4j uses. */
    static final double ERROR = 0.0244;

    /* Up to this many tokens are put in one by one. */
    private static final int FEW = 3;

    private static final int[] NONE = {};

    private int[] tokens = NONE;
    private int size;
    private UltraLogLog dense;

    /** Takes one value, by its 64-bit hash. */
    public void add(long hash) {
        if (dense != null) {
            dense.add(hash);
        } else {
            addToken(UltraLogLog.computeToken(hash));
        }
    }

    private void addToken(int token) {
        int at = Arrays.binarySearch(tokens, 0, size, token);
        if (at >= 0) {
            return;
        }
        if (size == MAX_TOKENS) {
            dense = UltraLogLog.create(PRECISION);
            for (int i = 0; i < size; i++) {
                dense.addToken(tokens[i]);
            }
            dense.addToken(token);
            tokens = NONE;
            size = 0;
            return;
        }
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, Math.max(size + 1, Math.min(MAX_TOKENS, 2 * size)));
        }
        int insert = -at - 1;
        System.arraycopy(tokens, insert, tokens, insert + 1, size - insert);
        tokens[insert] = token;
        size++;
    }

    /** Takes all values of another sketch, which stays as it is. */
    public void merge(DistinctSketch other) {
        if (other.dense != null) {
            if (dense == null) {
                UltraLogLog merged = UltraLogLog.create(PRECISION).add(other.dense);
                for (int i = 0; i < size; i++) {
                    merged.addToken(tokens[i]);
                }
                dense = merged;
                tokens = NONE;
                size = 0;
            } else {
                dense.add(other.dense);
            }
            return;
        }
        if (dense == null && other.size > FEW) {
            mergeTokens(other);
            return;
        }
        for (int i = 0; i < other.size; i++) {
            if (dense != null) {
                dense.addToken(other.tokens[i]);
            } else {
                addToken(other.tokens[i]);
            }
        }
    }

    /** Both are in order: one pass over them instead of a search a token. */
    private void mergeTokens(DistinctSketch other) {
        int[] merged = new int[size + other.size];
        int n = 0;
        int i = 0;
        int j = 0;
        while (i < size || j < other.size) {
            if (j == other.size || (i < size && tokens[i] <= other.tokens[j])) {
                j += j < other.size && tokens[i] == other.tokens[j] ? 1 : 0;
                merged[n++] = tokens[i++];
            } else {
                merged[n++] = other.tokens[j++];
            }
        }
        if (n <= MAX_TOKENS) {
            tokens = n == merged.length ? merged : Arrays.copyOf(merged, n);
            size = n;
            return;
        }
        dense = UltraLogLog.create(PRECISION);
        for (int k = 0; k < n; k++) {
            dense.addToken(merged[k]);
        }
        tokens = NONE;
        size = 0;
    }

    /** Number of distinct values: exact while {@link #isExact}, an estimate above. */
    public long estimate() {
        return dense == null ? size : Math.round(dense.getDistinctCountEstimate());
    }

    /** Whether {@link #estimate} is exact. */
    public boolean isExact() {
        return dense == null;
    }

    /** Relative standard error of {@link #estimate}: 0 while exact. */
    public double error() {
        return dense == null ? 0 : ERROR;
    }

    public void write(DataOutputView out) throws IOException {
        out.writeBoolean(dense != null);
        if (dense != null) {
            out.write(dense.getState());
        } else {
            Wire.writeVarInt(out, size);
            for (int i = 0; i < size; i++) {
                out.writeInt(tokens[i]);
            }
        }
    }

    /** Writes a sketch that may be null. */
    public static void writeNullable(DistinctSketch sketch, DataOutputView out) throws IOException {
        out.writeBoolean(sketch != null);
        if (sketch != null) {
            sketch.write(out);
        }
    }

    public static DistinctSketch readNullable(DataInputView in) throws IOException {
        return in.readBoolean() ? read(in) : null;
    }

    public static DistinctSketch read(DataInputView in) throws IOException {
        DistinctSketch sketch = new DistinctSketch();
        if (in.readBoolean()) {
            byte[] state = new byte[BYTES];
            in.readFully(state);
            sketch.dense = UltraLogLog.wrap(state);
        } else {
            sketch.size = Wire.readVarInt(in);
            sketch.tokens = new int[sketch.size];
            for (int i = 0; i < sketch.size; i++) {
                sketch.tokens[i] = in.readInt();
            }
        }
        return sketch;
    }

    /** Adds to a union what {@link #write} wrote, without making the sketch. */
    public static void addTo(DistinctUnion union, DataInputView in) throws IOException {
        if (in.readBoolean()) {
            byte[] state = new byte[BYTES];
            in.readFully(state);
            union.addRegisters(UltraLogLog.wrap(state));
        } else {
            int size = Wire.readVarInt(in);
            for (int i = 0; i < size; i++) {
                union.addToken(in.readInt());
            }
        }
    }
}
