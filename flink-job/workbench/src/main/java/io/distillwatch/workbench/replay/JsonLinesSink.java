package io.distillwatch.workbench.replay;

import io.distillwatch.output.OutputRecord;
import io.distillwatch.output.OutputTopic;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes one topic of a bounded run: a part file for each subtask, put together in order by {@link
 * ReplayOutput#complete()} once the run has ended well. Flink's {@code FileSink} needs checkpoints
 * to finish files and keeps no order between them.
 */
final class JsonLinesSink implements Sink<OutputRecord> {

    private final OutputTopic topic;
    private final File parts;

    JsonLinesSink(OutputTopic topic, Path parts) {
        this.topic = topic;
        this.parts = parts.toFile();
    }

    @Override
    public SinkWriter<OutputRecord> createWriter(WriterInitContext context) throws IOException {
        return new Writer(
                parts.toPath()
                        .resolve(
                                PartFile.name(
                                        topic, context.getTaskInfo().getIndexOfThisSubtask())));
    }

    private static final class Writer implements SinkWriter<OutputRecord> {

        private final PartFile.Writer file;

        Writer(Path path) throws IOException {
            file = new PartFile.Writer(path);
        }

        @Override
        public void write(OutputRecord record, Context context) throws IOException {
            file.write(record);
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            if (endOfInput) {
                file.end();
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
