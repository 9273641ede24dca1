package io.distillwatch.serial;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Pieces that codecs are made of: variable-length integers, nullable text, arrays. */
public final class Wire {

    private Wire() {}

    /** Writes an unsigned integer, 7 bits a byte; small values are short. */
    public static void writeVarLong(DataOutputView out, long value) throws IOException {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.writeByte((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    public static long readVarLong(DataInputView in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = in.readUnsignedByte();
            value |= (long) (b & 0x7f) << shift;
            if ((b & 0x80) == 0) {
                return value;
            }
        }
        throw new IOException("not a variable-length integer: more than ten bytes");
    }

    public static void writeVarInt(DataOutputView out, int value) throws IOException {
        writeVarLong(out, value);
    }

    public static int readVarInt(DataInputView in) throws IOException {
        return (int) readVarLong(in);
    }

    /**
     * Writes text, which may be null: one more than its bytes, or 0, then UTF-8. A copy of bytes,
     * where {@code writeUTF} goes over the characters twice and ends at 64 KiB.
     */
    public static void writeText(DataOutputView out, String text) throws IOException {
        if (text == null) {
            writeVarInt(out, 0);
        } else {
            byte[] utf8 = text.getBytes(UTF_8);
            writeVarInt(out, 1 + utf8.length);
            out.write(utf8);
        }
    }

    public static String readText(DataInputView in) throws IOException {
        int length = readVarInt(in) - 1;
        if (length < 0) {
            return null;
        }
        byte[] utf8 = new byte[length];
        in.readFully(utf8);
        return new String(utf8, UTF_8);
    }

    public static void writeLongs(DataOutputView out, long[] values, int size) throws IOException {
        writeVarInt(out, size);
        for (int i = 0; i < size; i++) {
            out.writeLong(values[i]);
        }
    }

    public static void writeLongs(DataOutputView out, long[] values) throws IOException {
        writeLongs(out, values, values.length);
    }

    public static long[] readLongs(DataInputView in) throws IOException {
        long[] values = new long[readVarInt(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        return values;
    }

    /** Writes counts, each as a variable-length integer: small ones and zeros are short. */
    public static void writeCounts(DataOutputView out, long[] counts) throws IOException {
        writeVarInt(out, counts.length);
        for (long count : counts) {
            writeVarLong(out, count);
        }
    }

    public static long[] readCounts(DataInputView in) throws IOException {
        long[] counts = new long[readVarInt(in)];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = readVarLong(in);
        }
        return counts;
    }

    public static void writeBytes(DataOutputView out, byte[] bytes) throws IOException {
        out.writeBoolean(bytes != null);
        if (bytes != null) {
            writeVarInt(out, bytes.length);
            out.write(bytes);
        }
    }

    public static byte[] readBytes(DataInputView in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        byte[] bytes = new byte[readVarInt(in)];
        in.readFully(bytes);
        return bytes;
    }
}
