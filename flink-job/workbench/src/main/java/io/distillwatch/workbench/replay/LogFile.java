package io.distillwatch.workbench.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;

/** One log file with the {@link NeighbourClock} of its lines. */
final class LogFile implements Closeable {

    private final String name;
    private final LineReader reader;
    private final long tolerance;
    private final NeighbourClock clock = new NeighbourClock();
    private final ArrayDeque<Line> ahead = new ArrayDeque<>();
    private Line current = new Line();
    private long order = Long.MIN_VALUE;
    private boolean end;

    /**
     * @param tolerance how far ahead of the clock an event time is believed, milliseconds
     */
    LogFile(Path path, int maxLineBytes, long tolerance) throws IOException {
        this.name = path.getFileName().toString();
        this.tolerance = tolerance;
        this.reader = new LineReader(path, maxLineBytes);
    }

    /** Moves to the next line; false at the end of the file. */
    boolean advance() throws IOException {
        Line free = current;
        while (!end && ahead.size() < NeighbourClock.WINDOW) {
            Line line = free == null ? new Line() : free;
            free = null;
            if (reader.read(line)) {
                line.eventTime = EventTimeScan.find(line.bytes, line.length);
                clock.see(line.eventTime);
                ahead.add(line);
            } else {
                end = true;
                clock.end();
            }
        }
        current = ahead.poll();
        if (current == null) {
            return false;
        }
        current.clock = clock.pass(current.eventTime);
        if (current.eventTime != EventTimeScan.NONE
                && current.eventTime <= current.clock + tolerance) {
            order = current.eventTime;
        }
        return true;
    }

    /** The line moved to; overwritten by the next {@link #advance()}. */
    Line line() {
        return current;
    }

    /**
     * Where the line belongs among those of other files, epoch milliseconds: its event time, or
     * that of the last line that was believed, so that a line dated 2099 does not hold up the rest
     * of its file.
     */
    long order() {
        return order;
    }

    String name() {
        return name;
    }

    long bytesRead() {
        return reader.bytesRead();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
