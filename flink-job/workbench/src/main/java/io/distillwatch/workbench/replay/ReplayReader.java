package io.distillwatch.workbench.replay;

import io.distillwatch.exchange.Intake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;

/** Reads one stripe in the task's own thread: a local file never keeps it waiting for long. */
final class ReplayReader implements SourceReader<Intake, ReplaySplit> {

    static final String BYTES_METRIC = "replayBytesRead";
    static final String EVENT_TIME_METRIC = "replayEventTime";
    static final String LINES_METRIC = "replayLinesParsed";

    /**
     * Event time between two watermarks, milliseconds: a tenth of the smallest sensible pane. Fewer
     * watermarks cost less, and each is a chance to close a pane.
     */
    private static final long WATERMARK_STEP = 30_000;

    private final SourceReaderContext context;
    private final LineParser parser;
    private final StripedLog.Settings settings;
    private final Counter parsed;
    private final ArrayDeque<ReplaySplit> assigned = new ArrayDeque<>();
    private boolean noMore;
    /* At the end, and the enumerator has not said that it knows. */
    private boolean leaving;
    private StripedLog log;
    private boolean pending;
    private long allowed = -1;
    private long reported = -1;
    private long watermark = Long.MIN_VALUE;
    private volatile long bytes;
    private volatile long eventTime;
    private CompletableFuture<Void> available = new CompletableFuture<>();

    ReplayReader(
            SourceReaderContext context, LineParser.Factory parsers, StripedLog.Settings settings) {
        this.context = context;
        this.parser = parsers.create();
        this.settings = settings;
        this.parsed = context.metricGroup().counter(LINES_METRIC);
        context.metricGroup().gauge(BYTES_METRIC, (Gauge<Long>) () -> bytes);
        context.metricGroup().gauge(EVENT_TIME_METRIC, (Gauge<Long>) () -> eventTime);
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<Intake> output) throws IOException {
        if (log == null) {
            if (assigned.isEmpty()) {
                return noMore && !leaving ? InputStatus.END_OF_INPUT : await();
            }
            open(assigned.remove());
        }
        while (pending || next(output)) {
            if (log.block() > allowed) {
                pending = true;
                return await();
            }
            pending = false;
            if (log.own()) {
                emit(output);
                return InputStatus.MORE_AVAILABLE;
            }
        }
        finish();
        return InputStatus.MORE_AVAILABLE;
    }

    private void open(ReplaySplit split) throws IOException {
        log = new StripedLog(settings, split);
        while (log.passed() < split.passed() && log.advance()) {
            watermark = Math.max(watermark, log.newestBefore() - settings.maxOutOfOrderness() - 1);
        }
    }

    private boolean next(ReaderOutput<Intake> output) throws IOException {
        boolean any = log.advance();
        long reachable = log.newestBefore();
        if (reachable != Long.MIN_VALUE) {
            long time = reachable - settings.maxOutOfOrderness() - 1;
            if (time >= watermark + WATERMARK_STEP) {
                watermark = time;
                eventTime = reachable;
                bytes = log.bytesRead();
                output.emitWatermark(new Watermark(time));
            }
        }
        if (any && log.block() >= reported + Pace.REPORT_BLOCKS) {
            report(log.block());
        }
        return any;
    }

    private void emit(ReaderOutput<Intake> output) {
        Line line = log.current().line();
        Intake intake =
                parser.parse(line.copy(), log.current().name(), 0, line.number, log.ingestedAt());
        parsed.inc();
        if (intake.refused()) {
            output.collect(intake);
        } else {
            output.collect(intake, intake.exchange().eventTime());
        }
    }

    private void finish() throws IOException {
        bytes = log.bytesRead();
        leaving = true;
        report(Long.MAX_VALUE);
        log.close();
        log = null;
        pending = false;
    }

    private void report(long block) {
        reported = block;
        context.sendSourceEventToCoordinator(new Pace.Reached(block));
    }

    private InputStatus await() {
        available = new CompletableFuture<>();
        return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof Pace.Allowed limit) {
            allowed = limit.block();
            leaving &= allowed != Long.MAX_VALUE;
            available.complete(null);
        }
    }

    @Override
    public void addSplits(List<ReplaySplit> splits) {
        assigned.addAll(splits);
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMore = true;
        available.complete(null);
    }

    @Override
    public List<ReplaySplit> snapshotState(long checkpointId) {
        List<ReplaySplit> splits = new ArrayList<>(assigned);
        if (log != null) {
            ReplaySplit at = log.position();
            splits.add(pending ? new ReplaySplit(at.stripe(), at.stripes(), at.passed() - 1) : at);
        }
        return splits;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public void close() {
        if (log != null) {
            try {
                log.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
