package io.distillwatch.metrics;

import io.distillwatch.output.OutputRecord;
import io.distillwatch.pane.PaneFunction;
import io.distillwatch.serial.RecordCodec;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.OutputTag;

/** Keyed by address prefix: keeps the prefix's windows, with the accounts behind it. */
public final class PrefixWindows
        extends PaneFunction<String, PrefixPane, Slice, WindowState, Void, Void> {

    private final WindowPlan plan;
    private final WindowEmitter windows;

    public PrefixWindows(WindowPlan plan, OutputTag<OutputRecord> metrics) {
        this.plan = plan;
        this.windows = new WindowEmitter(plan, MetricsJson.ofPrefixes(), metrics);
    }

    @Override
    protected long paneEnd(PrefixPane input) {
        return input.paneEnd();
    }

    @Override
    protected Slice newPane(String prefix) {
        return new Slice();
    }

    @Override
    protected void add(Slice pane, PrefixPane input) {
        pane.merge(input.slice());
    }

    @Override
    protected WindowState newState(String prefix) {
        return new WindowState(plan.levels().size());
    }

    @Override
    protected void closePane(
            String prefix, long paneEnd, Slice pane, Context<WindowState, Void> context) {
        windows.paneClosed(prefix, paneEnd, pane, context);
    }

    @Override
    protected void onTimer(String prefix, long time, Context<WindowState, Void> context) {
        windows.timer(prefix, time, context);
    }

    @Override
    protected RecordCodec<Slice> paneCodec() {
        return new SliceCodec();
    }

    @Override
    protected RecordCodec<WindowState> stateCodec() {
        return new WindowState.Codec(plan);
    }

    /** Bytes of an open pane. */
    static final class SliceCodec implements RecordCodec<Slice> {

        @Override
        public void write(Slice slice, DataOutputView out) throws IOException {
            slice.write(out);
        }

        @Override
        public Slice read(DataInputView in) throws IOException {
            return Slice.read(in);
        }
    }
}
