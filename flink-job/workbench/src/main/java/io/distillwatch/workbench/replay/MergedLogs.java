package io.distillwatch.workbench.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Several logs read as one, by event time: consecutive days, or the partitions of one topic. The
 * same files give the same order whoever reads them; equal times go by the order of the files.
 */
final class MergedLogs implements Closeable {

    private record Head(LogFile log, int index) {}

    private final List<LogFile> logs = new ArrayList<>();
    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(
                    Comparator.comparingLong((Head h) -> h.log().order())
                            .thenComparingInt(Head::index));
    private Head current;

    MergedLogs(List<Path> files, int maxLineBytes, long tolerance) throws IOException {
        try {
            for (Path file : files) {
                LogFile log = new LogFile(file, maxLineBytes, tolerance);
                logs.add(log);
                if (log.advance()) {
                    heads.add(new Head(log, logs.size() - 1));
                }
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** The file whose current line is next; null when all are read. */
    LogFile next() throws IOException {
        if (current != null && current.log().advance()) {
            // most often the same file goes on: no need to touch the heap then
            Head other = heads.peek();
            if (other == null || heads.comparator().compare(current, other) <= 0) {
                return current.log();
            }
            heads.add(current);
        }
        current = heads.poll();
        return current == null ? null : current.log();
    }

    long bytesRead() {
        long sum = 0;
        for (LogFile log : logs) {
            sum += log.bytesRead();
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        for (LogFile log : logs) {
            try {
                log.close();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
