package io.distillwatch.workbench.replay;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The lines of one file, {@code .gz} or plain, as raw bytes: a log may hold invalid UTF-8, and the
 * parser wants to see it. A line longer than the limit keeps one byte more than the limit, so that
 * the parser refuses it as too large, and costs no more memory than that.
 */
final class LineReader implements Closeable {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NEWLINES = 0x0A0A0A0A0A0A0A0AL;
    private static final long LOWEST_BITS = 0x0101010101010101L;
    private static final long HIGHEST_BITS = 0x8080808080808080L;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path path;
    private final Counting raw;
    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;
    private long lines;

    LineReader(Path path, int maxLineBytes) throws IOException {
        this.path = path;
        this.longest = maxLineBytes + 1;
        this.raw = new Counting(Files.newInputStream(path));
        try {
            this.in =
                    path.getFileName().toString().endsWith(".gz")
                            ? new GZIPInputStream(raw, BUFFER_BYTES)
                            : raw;
        } catch (IOException e) {
            raw.close();
            throw broken(e);
        }
    }

    /** Reads the next line that is not blank into {@code line}; false at the end of the file. */
    boolean read(Line line) throws IOException {
        while (readAny(line)) {
            if (line.length > 0) {
                return true;
            }
        }
        return false;
    }

    /** Bytes taken from disk so far: of the compressed file, where it is compressed. */
    long bytesRead() {
        return raw.count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean readAny(Line line) throws IOException {
        line.length = 0;
        boolean any = false;
        while (from < to || fill()) {
            any = true;
            int end = newline(from, to);
            line.append(buffer, from, end - from, longest);
            from = end + 1;
            if (end < to) {
                break;
            }
        }
        if (any) {
            line.number = ++lines;
            line.trim(lines == 1);
        }
        return any;
    }

    private boolean fill() throws IOException {
        from = 0;
        try {
            to = in.read(buffer, 0, buffer.length);
        } catch (EOFException | ZipException e) {
            throw broken(e);
        }
        return to > 0;
    }

    private IOException broken(IOException cause) {
        return new IOException(
                path
                        + (cause instanceof EOFException
                                ? " ends in the middle of its compressed data, after line "
                                : " is not a sound gzip file after line ")
                        + lines
                        + "; copy it again, or decompress what is left of it with zcat",
                cause);
    }

    /** Eight bytes at a time: a plain loop over the bytes costs as much as parsing them. */
    private int newline(int start, int end) {
        int i = start;
        for (; i + 8 <= end; i += 8) {
            long word = (long) LONGS.get(buffer, i) ^ NEWLINES;
            long zero = (word - LOWEST_BITS) & ~word & HIGHEST_BITS;
            if (zero != 0) {
                return i + (Long.numberOfTrailingZeros(zero) >>> 3);
            }
        }
        while (i < end && buffer[i] != '\n') {
            i++;
        }
        return i;
    }

    private static final class Counting extends FilterInputStream {

        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = super.read(bytes, offset, length);
            count += Math.max(n, 0);
            return n;
        }
    }
}
