package io.distillwatch.exchange;

import io.distillwatch.output.OutputRecord;
import io.distillwatch.settings.DetectionSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Chained to the source: lets accepted exchanges through without their bytes, and sends refused and
 * late records to their topics with them. An exchange is late when its pane is over by the
 * watermark of its own source subtask.
 *
 * <p>Watermarks begin anew after a restore, so the gate remembers how far event time was: as far as
 * the slowest of its subtasks that had traffic, which is how far panes were closed further on. A
 * record that the gate lets through is so never too late there, and one of a slow partition is not
 * late because another partition was ahead.
 */
public final class Gate extends AbstractStreamOperator<Exchange>
        implements OneInputStreamOperator<Intake, Exchange> {

    private final DeadLetters letters;
    private final long pane;
    private final OutputTag<OutputRecord> deadLetters;
    private final OutputTag<OutputRecord> late;

    private transient Counter accepted;
    private transient Counter refusedCount;
    private transient Counter lateCount;
    private transient MetricGroup metrics;
    private transient Map<String, Counter> byReason;

    private transient ListState<Long> activeWatermarks;
    private transient ListState<Long> idleWatermarks;
    private transient long watermark;
    private transient boolean idle;

    public Gate(
            DetectionSettings settings,
            OutputTag<OutputRecord> deadLetters,
            OutputTag<OutputRecord> late) {
        this.letters = new DeadLetters(settings);
        this.pane = settings.time().pane().toMillis();
        this.deadLetters = deadLetters;
        this.late = late;
    }

    @Override
    public void initializeState(StateInitializationContext initialization) throws Exception {
        super.initializeState(initialization);
        activeWatermarks = unionState(initialization, "active-watermarks");
        idleWatermarks = unionState(initialization, "idle-watermarks");
        watermark = restored(activeWatermarks.get(), idleWatermarks.get());
    }

    private static ListState<Long> unionState(
            StateInitializationContext initialization, String name) throws Exception {
        return initialization
                .getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>(name, LongSerializer.INSTANCE));
    }

    /** As operators downstream combine watermarks: the least active one, else the greatest. */
    private static long restored(Iterable<Long> active, Iterable<Long> idle) {
        long least = Long.MAX_VALUE;
        for (long each : active) {
            least = Math.min(least, each);
        }
        if (least != Long.MAX_VALUE) {
            return least;
        }
        long greatest = Long.MIN_VALUE;
        for (long each : idle) {
            greatest = Math.max(greatest, each);
        }
        return greatest;
    }

    @Override
    public void open() throws Exception {
        super.open();
        metrics = getMetricGroup().addGroup("distillwatch");
        accepted = metrics.addGroup("outcome", "accepted").counter("exchanges");
        refusedCount = metrics.addGroup("outcome", "dead_letter").counter("exchanges");
        lateCount = metrics.addGroup("outcome", "late").counter("exchanges");
        byReason = new HashMap<>();
    }

    @Override
    public void processElement(StreamRecord<Intake> element) {
        Intake intake = element.getValue();
        if (intake.refused()) {
            refusedCount.inc();
            byReason.computeIfAbsent(
                            intake.refusal().reason(),
                            reason -> metrics.addGroup("reason", reason).counter("deadLetters"))
                    .inc();
            put(deadLetters, letters.refused(intake), element.getTimestamp());
            return;
        }
        Exchange exchange = intake.exchange();
        long paneEnd = Math.floorDiv(exchange.eventTime(), pane) * pane + pane;
        if (paneEnd - 1 <= watermark) {
            lateCount.inc();
            put(late, letters.late(intake, watermark), element.getTimestamp());
        } else {
            accepted.inc();
            output.collect(element.replace(exchange));
        }
    }

    private void put(OutputTag<OutputRecord> tag, OutputRecord letter, long timestamp) {
        output.collect(tag, new StreamRecord<>(letter, timestamp));
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        // The end of the input is no time: a job that is drained and restored goes on.
        if (!Watermark.MAX_WATERMARK.equals(mark)) {
            watermark = Math.max(watermark, mark.getTimestamp());
        }
        super.processWatermark(mark);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        idle = status.isIdle();
        super.processWatermarkStatus(status);
    }

    @Override
    public void snapshotState(StateSnapshotContext snapshot) throws Exception {
        super.snapshotState(snapshot);
        activeWatermarks.clear();
        idleWatermarks.clear();
        if (watermark != Long.MIN_VALUE) {
            (idle ? idleWatermarks : activeWatermarks).update(List.of(watermark));
        }
    }
}
