package io.distillwatch.testing;

import io.distillwatch.serial.RecordCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Writes and reads back what codecs and sketches serialize. */
public final class Bytes {

    private Bytes() {}

    /** Something that writes itself. */
    @FunctionalInterface
    public interface Writer {
        void write(DataOutputView out) throws IOException;
    }

    public static byte[] of(Writer writer) {
        DataOutputSerializer out = new DataOutputSerializer(64);
        try {
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.getCopyOfBuffer();
    }

    public static <T> byte[] of(RecordCodec<T> codec, T record) {
        return of(out -> codec.write(record, out));
    }

    public static DataInputDeserializer reader(byte[] bytes) {
        return new DataInputDeserializer(bytes);
    }

    /**
     * What a codec reads of what it wrote.
     *
     * @throws IllegalStateException when it leaves bytes unread
     */
    public static <T> T copy(RecordCodec<T> codec, T record) {
        DataInputDeserializer in = reader(of(codec, record));
        try {
            T copy = codec.read(in);
            if (in.available() != 0) {
                throw new IllegalStateException(in.available() + " bytes are left unread");
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
