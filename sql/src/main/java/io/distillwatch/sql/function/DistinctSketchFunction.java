package io.distillwatch.sql.function;

import io.distillwatch.metrics.Hashes;
import io.distillwatch.sketch.DistinctSketch;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.functions.AggregateFunction;

/** {@code DISTINCT_SKETCH(value)}: the set of values of a group, as a sketch. */
@FunctionHint(
        accumulator =
                @DataTypeHint(
                        value = "RAW",
                        bridgedTo = DistinctSketch.class,
                        rawSerializer = DistinctSketchSerializer.class))
public final class DistinctSketchFunction extends AggregateFunction<byte[], DistinctSketch> {

    @Override
    public DistinctSketch createAccumulator() {
        return new DistinctSketch();
    }

    /** Takes a value; null is none. */
    public void accumulate(DistinctSketch sketch, String value) {
        if (value != null) {
            sketch.add(Hashes.of(value));
        }
    }

    /** Takes other accumulators. */
    public void merge(DistinctSketch sketch, Iterable<DistinctSketch> others) {
        others.forEach(sketch::merge);
    }

    @Override
    public byte[] getValue(DistinctSketch sketch) {
        return SketchBytes.write(sketch);
    }
}
