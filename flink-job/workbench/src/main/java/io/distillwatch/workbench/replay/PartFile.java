package io.distillwatch.workbench.replay;

import io.distillwatch.output.OutputRecord;
import io.distillwatch.output.OutputTopic;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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

        private final FileChannel in;
        private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
        private OutputRecord head;

        Reader(Path path) throws IOException {
            in = FileChannel.open(path);
        }

        /** Moves to the next record; false at the end. */
        boolean advance() throws IOException {
            if (!holds(1)) {
                return false;
            }
            require(Long.BYTES + Integer.BYTES);
            long timestamp = buffer.getLong();
            byte[] key = bytes(Integer.BYTES);
            byte[] value = bytes(0);
            head = new OutputRecord(key, value, timestamp);
            return true;
        }

        /** Bytes after their length, which is there; makes sure of what comes behind them. */
        private byte[] bytes(int behind) throws IOException {
            byte[] bytes = new byte[buffer.getInt()];
            require(bytes.length + behind);
            buffer.get(bytes);
            return bytes;
        }

        private void require(int count) throws IOException {
            if (!holds(count)) {
                throw new EOFException("a part file ends within a record");
            }
        }

        private boolean holds(int count) throws IOException {
            while (buffer.remaining() < count) {
                if (buffer.capacity() < count) {
                    buffer = ByteBuffer.allocate(2 * count).put(buffer);
                } else {
                    buffer.compact();
                }
                int read = in.read(buffer);
                buffer.flip();
                if (read < 0) {
                    return false;
                }
            }
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
