package io.distillwatch.sql.function;

import io.distillwatch.metrics.Hashes;
import io.distillwatch.sketch.FrequencySketch;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.functions.AggregateFunction;

/** {@code ENTROPY(value)}: how evenly the rows of a group spread over the values, in bits. */
@FunctionHint(
        accumulator =
                @DataTypeHint(
                        value = "RAW",
                        bridgedTo = FrequencySketch.class,
                        rawSerializer = FrequencySketchSerializer.class))
public final class EntropyFunction extends AggregateFunction<Double, FrequencySketch> {

    @Override
    public FrequencySketch createAccumulator() {
        return new FrequencySketch();
    }

    /** Takes a value; null is none. */
    public void accumulate(FrequencySketch counts, String value) {
        if (value != null) {
            counts.add(Hashes.of(value), 1);
        }
    }

    /** Takes other accumulators. */
    public void merge(FrequencySketch counts, Iterable<FrequencySketch> others) {
        others.forEach(counts::merge);
    }

    /** Null where there is no value. */
    @Override
    public Double getValue(FrequencySketch counts) {
        return counts.total() == 0 ? null : counts.entropy();
    }
}
