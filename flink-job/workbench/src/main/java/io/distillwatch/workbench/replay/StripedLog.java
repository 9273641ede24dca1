package io.distillwatch.workbench.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One stripe of the merged logs: its own lines, and the watermark of all. */
final class StripedLog implements Closeable {

    /** Lines of one block. Small beside a pane's worth of lines, large beside a context switch. */
    static final int BLOCK_LINES = 512;

    /**
     * @param files logs in order
     * @param maxLineBytes longer lines are cut
     * @param maxOutOfOrderness milliseconds
     * @param maxAhead milliseconds
     */
    record Settings(List<Path> files, int maxLineBytes, long maxOutOfOrderness, long maxAhead) {}

    private final Settings settings;
    private final ReplaySplit split;
    private final MergedLogs logs;
    private LogFile current;
    private long passed;
    private long newest = Long.MIN_VALUE;
    private long newestBefore = Long.MIN_VALUE;

    StripedLog(Settings settings, ReplaySplit split) throws IOException {
        this.settings = settings;
        this.split = split;
        this.logs =
                new MergedLogs(
                        settings.files(),
                        settings.maxLineBytes(),
                        settings.maxOutOfOrderness() + settings.maxAhead());
    }

    /** Moves to the next line, of whichever stripe; false at the end. */
    boolean advance() throws IOException {
        current = logs.next();
        if (current == null) {
            newestBefore = newest;
            return false;
        }
        passed++;
        newestBefore = newest;
        Line line = current.line();
        if (line.eventTime > newest && line.eventTime <= ingestedAt() + settings.maxAhead()) {
            newest = line.eventTime;
        }
        return true;
    }

    /** Whether the line belongs to this stripe. */
    boolean own() {
        return block() % split.stripes() == split.stripe();
    }

    /** The block of the current line, from 0. */
    long block() {
        return (passed - 1) / BLOCK_LINES;
    }

    LogFile current() {
        return current;
    }

    /**
     * When a broker would have taken the line in: when its neighbours happened, and as much later
     * as a record may be out of order. Epoch milliseconds.
     */
    long ingestedAt() {
        return current.line().clock + settings.maxOutOfOrderness();
    }

    /**
     * The newest event time before the current line, epoch milliseconds; of believed lines only.
     */
    long newestBefore() {
        return newestBefore;
    }

    long passed() {
        return passed;
    }

    ReplaySplit position() {
        return new ReplaySplit(split.stripe(), split.stripes(), passed);
    }

    long bytesRead() {
        return logs.bytesRead();
    }

    @Override
    public void close() throws IOException {
        logs.close();
    }
}
