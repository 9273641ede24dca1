package io.distillwatch.sketch;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;

/**
 * How many different values several {@link DistinctSketch sketches} hold together: what their
 * merged sketch would say, at the price of a probe a value. Merging them one after the other passes
 * over all values at each.
 */
public final class DistinctUnion {

    private final KeyNumbers tokens = new KeyNumbers(DistinctSketch.MAX_TOKENS + 1);
    private final UltraLogLog registers = UltraLogLog.create(DistinctSketch.PRECISION);
    /* Whether the registers hold everything, and the tokens nothing. */
    private boolean dense;

    /** Takes one value, by its 64-bit hash. */
    public void add(long hash) {
        addToken(UltraLogLog.computeToken(hash));
    }

    void addToken(int token) {
        if (dense) {
            registers.addToken(token);
        } else {
            tokens.of(token);
            if (tokens.size() > DistinctSketch.MAX_TOKENS) {
                grow();
            }
        }
    }

    void addRegisters(UltraLogLog more) {
        if (!dense) {
            grow();
        }
        registers.add(more);
    }

    private void grow() {
        dense = true;
        for (int i = 0; i < tokens.size(); i++) {
            registers.addToken((int) tokens.key(i));
        }
        tokens.clear();
    }

    /** {@link DistinctSketch#estimate} of all. */
    public long estimate() {
        return dense ? Math.round(registers.getDistinctCountEstimate()) : tokens.size();
    }

    /** {@link DistinctSketch#error} of {@link #estimate}. */
    public double error() {
        return dense ? DistinctSketch.ERROR : 0;
    }

    /** Holds nothing again. */
    public void clear() {
        tokens.clear();
        if (dense) {
            registers.reset();
            dense = false;
        }
    }
}
