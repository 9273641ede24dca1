package io.distillwatch.workbench.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A log whose lines can be read in any order; holds where they are, not what they say. */
final class IndexedLog implements AutoCloseable {

    private static final int CHUNK = 1 << 18;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RandomAccessFile file;

    /** Where each line begins, and the end of the file. */
    private final long[] starts;

    private IndexedLog(RandomAccessFile file, long[] starts) {
        this.file = file;
        this.starts = starts;
    }

    /** Changes one exchange. */
    @FunctionalInterface
    interface Change {

        /**
         * @param line number of the line in this log, from 0
         */
        void apply(int line, ObjectNode exchange) throws IOException;
    }

    /** Opens a log that ends with a line end and has no blank lines, as the simulator writes it. */
    static IndexedLog open(Path log) throws IOException {
        long[] starts = starts(log);
        return new IndexedLog(new RandomAccessFile(log.toFile(), "r"), starts);
    }

    private static long[] starts(Path log) throws IOException {
        long[] starts = new long[1 << 12];
        int lines = 0;
        long at = 0;
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = new BufferedInputStream(Files.newInputStream(log))) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                for (int i = 0; i < read; i++) {
                    at++;
                    if (chunk[i] == '\n') {
                        if (++lines == starts.length) {
                            starts = Arrays.copyOf(starts, 2 * lines);
                        }
                        starts[lines] = at;
                    }
                }
            }
        }
        return Arrays.copyOf(starts, lines + 1);
    }

    int size() {
        return starts.length - 1;
    }

    ObjectNode exchange(int line) throws IOException {
        byte[] bytes = new byte[(int) (starts[line + 1] - starts[line])];
        file.seek(starts[line]);
        file.readFully(bytes);
        return (ObjectNode) JSON.readTree(bytes);
    }

    /** The lines of each account, in the order of the log. */
    List<List<Integer>> byAccount() throws IOException {
        Map<String, List<Integer>> lines = new LinkedHashMap<>();
        for (int line = 0; line < size(); line++) {
            lines.computeIfAbsent(
                            exchange(line).path("account_id").asText(), a -> new ArrayList<>())
                    .add(line);
        }
        return List.copyOf(lines.values());
    }

    /**
     * Writes the changed exchanges.
     *
     * @param order lines as they shall come; {@code null} for the order of this log
     */
    void write(Path to, int[] order, Change change) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), CHUNK)) {
            for (int i = 0; i < size(); i++) {
                int line = order == null ? i : order[i];
                ObjectNode exchange = exchange(line);
                change.apply(line, exchange);
                out.write(JSON.writeValueAsBytes(exchange));
                out.write('\n');
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
