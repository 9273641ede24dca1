package io.distillwatch.pane;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Runs a {@link Combiner}. It has no state of its own: what it holds is sent on before every
 * watermark and every checkpoint barrier, and when it grows beyond a bound.
 */
public final class CombineOperator<I, O> extends AbstractStreamOperator<O>
        implements OneInputStreamOperator<I, O> {

    private static final int MAX_PARTIALS = 50_000;

    private final Combiner<I, O> combiner;
    private transient long paneEnd;

    public CombineOperator(Combiner<I, O> combiner) {
        this.combiner = combiner;
    }

    @Override
    public void open() throws Exception {
        super.open();
        combiner.open();
    }

    @Override
    public void processElement(StreamRecord<I> element) {
        I input = element.getValue();
        long end = combiner.paneEnd(input);
        if (end != paneEnd) {
            flush();
            paneEnd = end;
        }
        combiner.add(input);
        if (combiner.size() > MAX_PARTIALS) {
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
        if (combiner.size() > 0) {
            combiner.flush(
                    paneEnd, (record, time) -> output.collect(new StreamRecord<>(record, time)));
        }
    }
}
