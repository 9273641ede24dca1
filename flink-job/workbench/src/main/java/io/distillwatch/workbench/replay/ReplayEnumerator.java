package io.distillwatch.workbench.replay;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;

/**
 * Gives each reader one stripe and keeps the readers together. Flink's watermark alignment would do
 * the second in steps of a second of wall time, in which a reader passes a hundred blocks.
 *
 * <p>An event to a task that has ended fails the job. So a reader that is at its end waits for a
 * farewell, and nothing is sent to it after that.
 */
final class ReplayEnumerator implements SplitEnumerator<ReplaySplit, Integer> {

    private final SplitEnumeratorContext<ReplaySplit> context;
    private final TreeMap<Integer, ReplaySplit> unassigned = new TreeMap<>();
    private final long[] reached;
    private long slowest;

    ReplayEnumerator(SplitEnumeratorContext<ReplaySplit> context, boolean restored) {
        this.context = context;
        int stripes = context.currentParallelism();
        this.reached = new long[stripes];
        for (int stripe = 0; stripe < stripes && !restored; stripe++) {
            unassigned.put(stripe, new ReplaySplit(stripe, stripes, 0));
        }
    }

    @Override
    public void start() {}

    @Override
    public void addReader(int subtask) {
        ReplaySplit split = unassigned.remove(subtask);
        if (split != null) {
            context.assignSplits(new SplitsAssignment<>(split, subtask));
        }
        context.signalNoMoreSplits(subtask);
        allow(subtask);
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        if (event instanceof Pace.Reached progress) {
            reached[subtask] = progress.block();
            if (progress.block() == Long.MAX_VALUE) {
                context.sendEventToSourceReader(subtask, new Pace.Allowed(Long.MAX_VALUE));
            }
            long now = Arrays.stream(reached).min().orElse(0);
            if (now > slowest) {
                slowest = now;
                context.registeredReaders().keySet().forEach(this::allow);
            }
        }
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {}

    @Override
    public void addSplitsBack(List<ReplaySplit> splits, int subtask) {
        splits.forEach(split -> unassigned.put(split.stripe(), split));
        reached[subtask] = 0;
        slowest = 0;
    }

    @Override
    public Integer snapshotState(long checkpointId) {
        return reached.length;
    }

    @Override
    public void close() {}

    private void allow(int subtask) {
        if (reached[subtask] == Long.MAX_VALUE) {
            return; // has had its farewell
        }
        context.sendEventToSourceReader(subtask, new Pace.Allowed(slowest + Pace.LEAD_BLOCKS));
    }
}
