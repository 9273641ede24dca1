package io.distillwatch.group;

import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.Exchange;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A group's exchanges as one stream, by five minutes and by minutes, and its accounts by five
 * minutes. Where panes are longer than five minutes most of these look empty, and their index is
 * far above 1.
 */
final class PooledStreams {

    private static final long MINUTE = 60_000;
    private static final long FIVE_MINUTES = 5 * MINUTE;

    private final PooledStream exchanges;
    private final PooledStream byMinute;
    private final PooledStream callers;

    PooledStreams() {
        this(
                new PooledStream(FIVE_MINUTES),
                new PooledStream(MINUTE),
                new PooledStream(FIVE_MINUTES));
    }

    private PooledStreams(PooledStream exchanges, PooledStream byMinute, PooledStream callers) {
        this.exchanges = exchanges;
        this.byMinute = byMinute;
        this.callers = callers;
    }

    /**
     * Takes a pane of the group; panes come in order of time.
     *
     * @param first event time of the pane's first exchange, epoch milliseconds
     */
    void add(List<AccountPane> panes, long first) {
        long last = panes.get(0).paneEnd() - 1;
        exchanges.add(last, panes.stream().mapToLong(pane -> pane.exchanges().size()).sum());
        callers.add(last, panes.size());
        addMinutes(panes, Math.floorDiv(first, MINUTE), Math.floorDiv(last, MINUTE));
    }

    private void addMinutes(List<AccountPane> panes, long first, long last) {
        long[] counts = new long[(int) (last - first) + 1];
        for (AccountPane pane : panes) {
            for (Exchange exchange : pane.exchanges()) {
                counts[(int) (Math.floorDiv(exchange.eventTime(), MINUTE) - first)]++;
            }
        }
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                byMinute.add((first + i) * MINUTE, counts[i]);
            }
        }
    }

    PooledStream exchanges() {
        return exchanges;
    }

    PooledStream byMinute() {
        return byMinute;
    }

    PooledStream callers() {
        return callers;
    }

    void write(DataOutputView out) throws IOException {
        exchanges.write(out);
        byMinute.write(out);
        callers.write(out);
    }

    static PooledStreams read(DataInputView in) throws IOException {
        return new PooledStreams(
                PooledStream.read(FIVE_MINUTES, in),
                PooledStream.read(MINUTE, in),
                PooledStream.read(FIVE_MINUTES, in));
    }
}
