package io.distillwatch.workbench.grouping;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads acts from a CSV file, plain or {@code .gz}, in UTF-8. Its first line names the columns,
 * {@code account}, {@code target} and {@code time} among them in any order; a time is ISO-8601 with
 * an offset, as {@code 2026-06-01T12:34:56Z}. Cells are not quoted. Blank lines are passed over.
 */
final class Acts {

    private static final String ACCOUNT = "account";
    private static final String TARGET = "target";
    private static final String TIME = "time";

    private final Path file;
    private final List<Act> acts = new ArrayList<>();
    private int number;
    private int columns;
    private int account;
    private int target;
    private int time;

    private Acts(Path file) {
        this.file = file;
    }

    /**
     * The acts of a file, in order of time.
     *
     * @throws IOException with a sentence that names the file, the line and what is expected there
     */
    static List<Act> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no such file");
        }
        return new Acts(file).read();
    }

    private List<Act> read() throws IOException {
        try (BufferedReader lines = open()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    take(line);
                }
            }
        } catch (WrongLine e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
        if (acts.isEmpty()) {
            throw new IOException(
                    file + ": no acts in it; expected is a header and a line for each act");
        }
        acts.sort(Comparator.comparingLong(Act::time));
        return acts;
    }

    private BufferedReader open() throws IOException {
        InputStream in = Files.newInputStream(file);
        if (file.toString().endsWith(".gz")) {
            try {
                in = new GZIPInputStream(in, 1 << 16);
            } catch (IOException e) {
                in.close();
                throw e;
            }
        }
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    private void take(String line) throws WrongLine {
        String[] cells = line.split(",", -1);
        Arrays.setAll(cells, i -> cells[i].strip());
        if (line.indexOf('"') >= 0) {
            throw new WrongLine("has a quote; expected are plain cells");
        }
        if (columns == 0) {
            takeHeader(Arrays.asList(cells));
            return;
        }
        if (cells.length != columns) {
            throw new WrongLine("has " + cells.length + " cells; expected are " + columns);
        }
        acts.add(
                new Act(
                        id(cells[account], ACCOUNT),
                        id(cells[target], TARGET),
                        millis(cells[time])));
    }

    private void takeHeader(List<String> names) throws WrongLine {
        columns = names.size();
        account = column(names, ACCOUNT);
        target = column(names, TARGET);
        time = column(names, TIME);
    }

    private int column(List<String> names, String name) throws WrongLine {
        int at = names.indexOf(name);
        if (at < 0) {
            throw new WrongLine(
                    "names no column '" + name + "'; expected is a header account,target,time");
        }
        return at;
    }

    private String id(String cell, String column) throws WrongLine {
        if (cell.isEmpty()) {
            throw new WrongLine("has no " + column);
        }
        return cell;
    }

    private long millis(String cell) throws WrongLine {
        try {
            return OffsetDateTime.parse(cell).toInstant().toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new WrongLine("has time '" + cell + "'; expected is e.g. 2026-06-01T12:34:56Z");
        }
    }

    /** What is wrong with the line that was read last. */
    private final class WrongLine extends IOException {

        private static final long serialVersionUID = 1;

        WrongLine(String what) {
            super(file + ", line " + number + ": " + what);
        }
    }
}
