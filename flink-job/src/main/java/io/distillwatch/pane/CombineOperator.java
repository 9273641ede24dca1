package io.distillwatch.pane;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Runs a {@link Combiner}. It has no state of its own: what it holds is sent on before every
 * watermark and every checkpoint barrier, and when it grows beyond a bound.
 */
public final class CombineOperator<I, K, P, O> extends AbstractStreamOperator<O>
        implements OneInputStreamOperator<I, O> {

    private static final int MAX_PARTIALS = 50_000;

    private final Combiner<I, K, P, O> combiner;
    private transient Map<K, P> partials;

    public CombineOperator(Combiner<I, K, P, O> combiner) {
        this.combiner = combiner;
    }

    @Override
    public void open() throws Exception {
        super.open();
        partials = new HashMap<>();
    }

    @Override
    public void processElement(StreamRecord<I> element) {
        combiner.add(partials, element.getValue());
        if (partials.size() > MAX_PARTIALS) {
            flush();
        }
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        flush();
        super.processWatermark(watermark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        flush();
    }

    @Override
    public void finish() {
        flush();
    }

    private void flush() {
        partials.forEach(
                (key, partial) ->
                        combiner.emit(
                                key,
                                partial,
                                (record, time) ->
                                        output.collect(new StreamRecord<>(record, time))));
        partials.clear();
    }
}
