package io.distillwatch.workbench.replay;

import io.distillwatch.output.OutputRecord;
import io.distillwatch.output.OutputTopic;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What one subtask wrote of one topic, in binary, until all parts are merged. Records of one moment
 * are sorted by key before they are written, so that the merged file does not depend on which
 * subtask had which key, nor on the order in which an operator went through its keys. Records of
 * one key and moment keep their order.
 */
final class PartFile {

    static final Comparator<OutputRecord> ORDER =
            Comparator.comparingLong(OutputRecord::timestamp)
                    .thenComparing(PartFile::key, Arrays::compareUnsigned);

    /** Beyond this many bytes of one moment, order by key is given up for that moment. */
    private static final long MOST_HELD = 64L << 20;

    private static final int BUFFER_BYTES = 1 << 18;
    private static final byte[] NO_KEY = {};

    private PartFile() {}

    static String name(OutputTopic topic, int subtask) {
        return topic.topicName() + "." + subtask + ".part";
    }

    private static byte[] key(OutputRecord record) {
        return record.key() == null ? NO_KEY : record.key();
    }

    static final class Writer implements Closeable {

        private final DataOutputStream out;
        private final List<OutputRecord> moment = new ArrayList<>();
        private long held;

        Writer(Path path) throws IOException {
            out =
                    new DataOutputStream(
                            new BufferedOutputStream(Files.newOutputStream(path), BUFFER_BYTES));
        }

        void write(OutputRecord record) throws IOException {
            if (held > MOST_HELD
                    || (!moment.isEmpty() && moment.get(0).timestamp() != record.timestamp())) {
                writeMoment();
            }
            moment.add(record);
            held += record.value().length + (long) key(record).length;
        }

        void end() throws IOException {
            writeMoment();
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }

        private void writeMoment() throws IOException {
            moment.sort(ORDER);
            for (OutputRecord record : moment) {
                byte[] key = key(record);
                out.writeLong(record.timestamp());
                out.writeInt(key.length);
                out.write(key);
                out.writeInt(record.value().length);
                out.write(record.value());
            }
            moment.clear();
            held = 0;
        }
    }

    static final class Reader implements Closeable {

        private final DataInputStream in;
        private OutputRecord head;

        Reader(Path path) throws IOException {
            in =
                    new DataInputStream(
                            new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES));
        }

        /** Moves to the next record; false at the end. */
        boolean advance() throws IOException {
            long timestamp;
            try {
                timestamp = in.readLong();
            } catch (EOFException end) {
                return false;
            }
            byte[] key = in.readNBytes(in.readInt());
            byte[] value = in.readNBytes(in.readInt());
            head = new OutputRecord(key, value, timestamp);
            return true;
        }

        OutputRecord head() {
            return head;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
