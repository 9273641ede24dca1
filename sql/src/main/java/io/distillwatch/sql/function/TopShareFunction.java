package io.distillwatch.sql.function;

import io.distillwatch.metrics.Hashes;
import io.distillwatch.sketch.FrequencySketch;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.functions.AggregateFunction;

/**
 * {@code TOP_SHARE(value)}: the share of the most frequent value in the rows of a group, 0 to 1.
 */
@FunctionHint(
        accumulator =
                @DataTypeHint(
                        value = "RAW",
                        bridgedTo = FrequencySketch.class,
                        rawSerializer = FrequencySketchSerializer.class))
public final class TopShareFunction extends AggregateFunction<Double, FrequencySketch> {

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
        return counts.total() == 0 ? null : counts.topShare();
    }
}
