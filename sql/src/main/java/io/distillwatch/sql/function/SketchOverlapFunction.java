package io.distillwatch.sql.function;

import io.distillwatch.sketch.DistinctSketch;
import org.apache.flink.table.functions.ScalarFunction;

/** {@code SKETCH_OVERLAP(a, b)}: how many values two sets have in common. */
public final class SketchOverlapFunction extends ScalarFunction {

    /**
     * By inclusion and exclusion: exact while the union has at most 256 values; above, its error is
     * 2.4 % of the union, so that a small overlap of two large sets drowns in it. Null for null.
     */
    public Long eval(byte[] a, byte[] b) {
        if (a == null || b == null) {
            return null;
        }
        DistinctSketch first = SketchBytes.read(a, "SKETCH_OVERLAP");
        DistinctSketch second = SketchBytes.read(b, "SKETCH_OVERLAP");
        long sum = first.estimate() + second.estimate();
        long most = Math.min(first.estimate(), second.estimate());
        first.merge(second);
        return Math.max(0, Math.min(most, sum - first.estimate()));
    }
}
