package io.distillwatch.sql.function;

import io.distillwatch.sketch.DistinctSketch;
import org.apache.flink.table.functions.ScalarFunction;

/** {@code SKETCH_UNION(a, b)}: the values of both sets. */
public final class SketchUnionFunction extends ScalarFunction {

    /** The other one where one is null; null where both are. */
    public byte[] eval(byte[] a, byte[] b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        DistinctSketch union = SketchBytes.read(a, "SKETCH_UNION");
        union.merge(SketchBytes.read(b, "SKETCH_UNION"));
        return SketchBytes.write(union);
    }
}
