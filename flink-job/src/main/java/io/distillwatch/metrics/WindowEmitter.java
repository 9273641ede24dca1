package io.distillwatch.metrics;

import io.distillwatch.output.OutputRecord;
import io.distillwatch.pane.PaneFunction;
import java.io.Serializable;
import org.apache.flink.util.OutputTag;

/**
 * When a key's windows are put out: at each end of a slide in which the key was active, so an idle
 * key costs nothing. One timer a key: the next end of a coarser slide that is news, else the moment
 * when the last slice has left.
 */
final class WindowEmitter implements Serializable {

    private final WindowPlan plan;
    private final MetricsJson json;
    private final OutputTag<OutputRecord> tag;

    private transient WindowSum sum;
    private transient SlicePacker packer;

    WindowEmitter(WindowPlan plan, MetricsJson json, OutputTag<OutputRecord> tag) {
        this.plan = plan;
        this.json = json;
        this.tag = tag;
    }

    /** Takes a closed pane into the key's state and puts out the windows that end with it. */
    void paneClosed(
            String key, long paneEnd, Slice slice, PaneFunction.Context<WindowState, ?> context) {
        WindowState state = context.state();
        state.add(plan, paneEnd, slice, packer());
        emit(key, paneEnd, state, context);
        context.timer(state.nextTurn(plan, paneEnd) - 1);
    }

    /** The key's timer went off, perhaps before anything is due. */
    void timer(String key, long time, PaneFunction.Context<WindowState, ?> context) {
        long end = time + 1;
        WindowState state = context.state();
        // Where the key was active in the pane that ends here, the pane has put the windows out.
        if (!state.has(0, end)) {
            emit(key, end, state, context);
        }
        if (state.expire(plan, end)) {
            context.clearState();
        } else {
            context.timer(state.nextTurn(plan, end) - 1);
        }
    }

    private void emit(
            String key, long end, WindowState state, PaneFunction.Context<WindowState, ?> context) {
        state.rollUp(plan, end, packer());
        for (int i = 0; i < plan.levels().size(); i++) {
            if (state.has(i, end)) {
                emit(key, end, i, state, context);
            }
        }
    }

    private void emit(
            String key,
            long end,
            int level,
            WindowState state,
            PaneFunction.Context<WindowState, ?> context) {
        WindowSum total = emptySum();
        OutputRecord record = null;
        long upTo = end;
        // They come smallest first: each adds what the one before lacks, of most keys nothing.
        for (WindowPlan.Window window : plan.levels().get(level).windows()) {
            long start = end - window.size();
            boolean more = state.sum(level, start, upTo, total);
            record =
                    more || record == null
                            ? json.record(key, window, end, total)
                            : json.longer(record, key, window, end);
            context.emit(tag, record);
            upTo = start;
        }
    }

    private WindowSum emptySum() {
        if (sum == null) {
            sum = new WindowSum();
        }
        sum.clear();
        return sum;
    }

    private SlicePacker packer() {
        if (packer == null) {
            packer = new SlicePacker();
        }
        return packer;
    }
}
