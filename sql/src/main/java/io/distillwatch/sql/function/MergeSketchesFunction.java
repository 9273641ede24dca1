package io.distillwatch.sql.function;

import io.distillwatch.sketch.DistinctSketch;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.functions.AggregateFunction;

/** {@code MERGE_SKETCHES(sketch)}: the union of the sets of a group. */
@FunctionHint(
        accumulator =
                @DataTypeHint(
                        value = "RAW",
                        bridgedTo = DistinctSketch.class,
                        rawSerializer = DistinctSketchSerializer.class))
public final class MergeSketchesFunction extends AggregateFunction<byte[], DistinctSketch> {

    @Override
    public DistinctSketch createAccumulator() {
        return new DistinctSketch();
    }

    /** Takes a set; null is none. */
    public void accumulate(DistinctSketch union, byte[] sketch) {
        if (sketch != null) {
            union.merge(SketchBytes.read(sketch, "MERGE_SKETCHES"));
        }
    }

    /** Takes other accumulators. */
    public void merge(DistinctSketch union, Iterable<DistinctSketch> others) {
        others.forEach(union::merge);
    }

    @Override
    public byte[] getValue(DistinctSketch union) {
        return SketchBytes.write(union);
    }
}
