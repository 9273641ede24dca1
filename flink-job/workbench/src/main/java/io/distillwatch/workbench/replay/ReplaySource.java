package io.distillwatch.workbench.replay;

import io.distillwatch.exchange.Intake;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Exchange logs in event-time order, read by any number of readers with the same result.
 *
 * <p>Every reader reads all files, merged by event time, and parses only its own stripe: blocks of
 * 512 lines in turn. Finding line ends and event times costs a few hundred nanoseconds a line,
 * parsing and fingerprinting many times that, so reading twice is cheap; and since every reader
 * sees the time of every line, every reader emits the watermarks of the whole log. Which record is
 * late therefore does not depend on the parallelism. Readers keep within a few blocks of one
 * another ({@link ReplayEnumerator}).
 *
 * <p>Flink's {@code FileSource} was looked at first. It deals out whole files or byte ranges: two
 * readers on two halves of one day's file are twelve hours apart in event time, and half of the log
 * is buffered in state until the earlier half is through; compressed files it does not split at
 * all. Watermark alignment would stop the later reader, not give the earlier one more to do. It
 * also knows nothing of the clock that a file lacks ({@link NeighbourClock}). The hybrid source and
 * the reader base of {@code flink-connector-base} add a fetcher thread and a queue per split, made
 * for remote systems; a local file needs neither.
 *
 * <p>Bounded: the last watermark closes every pane. Positions are checkpointed as the number of
 * lines passed, so a reader that is restored reads up to there again.
 */
public final class ReplaySource implements Source<Intake, ReplaySplit, Integer> {

    private final List<File> files;
    private final LineParser.Factory parsers;
    private final int maxLineBytes;
    private final long maxOutOfOrderness;
    private final long maxAhead;

    /**
     * @param files logs, {@code .jsonl} or {@code .jsonl.gz}; on equal times the earlier in the
     *     list goes first
     * @param parsers makes the parser of each reader
     * @param maxLineBytes longer lines are cut to one byte more than this
     * @param maxOutOfOrderness how far a line may stand behind a later one and still count
     * @param maxAhead how far beyond that an event time may be ahead of its neighbours and still
     *     move the watermark
     */
    public ReplaySource(
            List<Path> files,
            LineParser.Factory parsers,
            int maxLineBytes,
            Duration maxOutOfOrderness,
            Duration maxAhead) {
        this.files = new ArrayList<>(files.stream().map(Path::toFile).toList());
        this.parsers = parsers;
        this.maxLineBytes = maxLineBytes;
        this.maxOutOfOrderness = maxOutOfOrderness.toMillis();
        this.maxAhead = maxAhead.toMillis();
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<Intake, ReplaySplit> createReader(SourceReaderContext context) {
        return new ReplayReader(
                context,
                parsers,
                new StripedLog.Settings(
                        files.stream().map(File::toPath).toList(),
                        maxLineBytes,
                        maxOutOfOrderness,
                        maxAhead));
    }

    @Override
    public SplitEnumerator<ReplaySplit, Integer> createEnumerator(
            SplitEnumeratorContext<ReplaySplit> context) {
        return new ReplayEnumerator(context, false);
    }

    @Override
    public SplitEnumerator<ReplaySplit, Integer> restoreEnumerator(
            SplitEnumeratorContext<ReplaySplit> context, Integer checkpoint) {
        return new ReplayEnumerator(context, true);
    }

    @Override
    public SimpleVersionedSerializer<ReplaySplit> getSplitSerializer() {
        return ReplaySplit.SERIALIZER;
    }

    @Override
    public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
        return ReplaySplit.COUNT_SERIALIZER;
    }
}
