package io.distillwatch.pane;

import io.distillwatch.serial.CodecSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Runs a {@link PaneFunction} on a keyed input and a broadcast one. Guidance that carries a time is
 * held until the pane of that time closes, so that it does not matter which input was faster.
 */
public final class GuidedPaneOperator<K, I, P, S, B, O>
        extends AbstractPaneOperator<K, I, P, S, B, O> implements TwoInputStreamOperator<I, B, O> {

    private transient TreeMap<Long, List<B>> pending;
    private transient ListState<B> stored;

    public GuidedPaneOperator(PaneFunction<K, I, P, S, B, O> function) {
        super(function);
    }

    @Override
    public void initializeState(StateInitializationContext initialization) throws Exception {
        super.initializeState(initialization);
        pending = new TreeMap<>();
        stored =
                initialization
                        .getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>(
                                        "guidance",
                                        new CodecSerializer<>(function.guidanceCodec())));
        for (B guidance : stored.get()) {
            hold(guidance);
        }
    }

    @Override
    public void processElement1(StreamRecord<I> element) throws Exception {
        take(element);
    }

    @Override
    public void processElement2(StreamRecord<B> element) {
        hold(element.getValue());
    }

    private void hold(B guidance) {
        long time = function.guidanceTime(guidance);
        if (time == Long.MIN_VALUE) {
            function.onGuidance(guidance);
        } else {
            pending.computeIfAbsent(time, t -> new ArrayList<>()).add(guidance);
        }
    }

    @Override
    void beforePane(long paneEnd) {
        while (!pending.isEmpty() && pending.firstKey() <= paneEnd) {
            pending.pollFirstEntry().getValue().forEach(function::onGuidance);
        }
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        super.processWatermark(watermark);
        // A subtask without panes must not hold guidance for ever.
        beforePane(watermark.getTimestamp());
    }

    @Override
    public void snapshotState(StateSnapshotContext snapshot) throws Exception {
        super.snapshotState(snapshot);
        stored.clear();
        // The broadcast input is the same everywhere and barriers are aligned: one copy is enough.
        if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
            stored.addAll(new ArrayList<>(function.guidance()));
            for (List<B> held : pending.values()) {
                stored.addAll(held);
            }
        }
    }
}
