package io.distillwatch.exchange;

import io.distillwatch.output.OutputRecord;
import io.distillwatch.settings.DetectionSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Chained to the source: lets accepted exchanges through without their bytes, and sends refused and
 * late records to their topics with them. An exchange is late when its pane is over by the
 * watermark of its own source subtask, which is never behind that of any operator further on.
 */
public final class Gate extends ProcessFunction<Intake, Exchange> {

    private final DeadLetters letters;
    private final long pane;
    private final OutputTag<OutputRecord> deadLetters;
    private final OutputTag<OutputRecord> late;

    private transient Counter accepted;
    private transient Counter refusedCount;
    private transient Counter lateCount;
    private transient MetricGroup metrics;
    private transient Map<String, Counter> byReason;

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
    public void open(OpenContext context) {
        metrics = getRuntimeContext().getMetricGroup().addGroup("distillwatch");
        accepted = metrics.addGroup("outcome", "accepted").counter("exchanges");
        refusedCount = metrics.addGroup("outcome", "dead_letter").counter("exchanges");
        lateCount = metrics.addGroup("outcome", "late").counter("exchanges");
        byReason = new HashMap<>();
    }

    @Override
    public void processElement(Intake intake, Context context, Collector<Exchange> out) {
        if (intake.refused()) {
            refusedCount.inc();
            byReason.computeIfAbsent(
                            intake.refusal().reason(),
                            reason -> metrics.addGroup("reason", reason).counter("deadLetters"))
                    .inc();
            context.output(deadLetters, letters.refused(intake));
            return;
        }
        Exchange exchange = intake.exchange();
        long paneEnd = Math.floorDiv(exchange.eventTime(), pane) * pane + pane;
        long watermark = context.timerService().currentWatermark();
        if (paneEnd - 1 <= watermark) {
            lateCount.inc();
            context.output(late, letters.late(intake, watermark));
        } else {
            accepted.inc();
            out.collect(exchange);
        }
    }
}
