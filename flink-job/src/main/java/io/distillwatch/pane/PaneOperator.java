package io.distillwatch.pane;

import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Runs a {@link PaneFunction} that needs no guidance. */
public final class PaneOperator<K, I, P, S, O> extends AbstractPaneOperator<K, I, P, S, Void, O>
        implements OneInputStreamOperator<I, O> {

    public PaneOperator(PaneFunction<K, I, P, S, Void, O> function) {
        super(function);
    }

    @Override
    public void processElement(StreamRecord<I> element) throws Exception {
        take(element);
    }
}
