package io.distillwatch.workbench.simulate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Arrivals of a real service. A {@code .tar.gz} of CSV files {@code start_s,rate,cv,law,p1,p2} (one
 * a client, 10-minute bins from a Monday on) gives the week's curve and the burstiness; a CSV,
 * plain or gzipped, with the header {@code TIMESTAMP,ContextTokens,GeneratedTokens} the lengths of
 * answers.
 */
public final class ArrivalTraces {

    private static final int BINS = 7 * 144;

    /** Above this, single clients of the trace are batch jobs, not people. */
    private static final double MOST_CLUMPED = 3;

    private final Arrivals arrivals;

    private ArrivalTraces(Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    /** No traces: the simulator's own laws. */
    public static ArrivalTraces none() {
        return new ArrivalTraces(Arrivals.own());
    }

    /**
     * Reads all files.
     *
     * @throws IOException naming the file, if one cannot be read or is of neither form
     */
    public static ArrivalTraces read(List<Path> files) throws IOException {
        Arrivals found = Arrivals.own();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new IOException("arrivals " + file + ": no such file");
            }
            try {
                found =
                        file.toString().endsWith(".tar.gz")
                                ? rates(file, found)
                                : answers(file, found);
            } catch (IOException | NumberFormatException e) {
                throw new IOException("arrivals " + file + ": " + e.getMessage(), e);
            }
        }
        return new ArrivalTraces(found);
    }

    Arrivals arrivals() {
        return arrivals;
    }

    /** Each client's curve weighs the same: the largest would otherwise be the whole service. */
    private static Arrivals rates(Path file, Arrivals before) throws IOException {
        double[] week = new double[BINS];
        List<Double> clumping = new ArrayList<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(
                        new GZIPInputStream(Files.newInputStream(file), 1 << 16))) {
            for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
                if (!e.isDirectory() && e.getName().endsWith(".csv")) {
                    client(tar, week, clumping);
                }
            }
        }
        if (clumping.isEmpty()) {
            throw new IOException("no client with start_s,rate,cv,… rows in it");
        }
        clumping.sort(null);
        double cv = Math.min(MOST_CLUMPED, Math.max(1, clumping.get(clumping.size() / 2)));
        return new Arrivals(new Week(week), cv, before.answers(), before.answerMedian());
    }

    private static void client(InputStream csv, double[] week, List<Double> clumping)
            throws IOException {
        double[] own = new double[BINS];
        double total = 0;
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(csv, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] cells = line.split(",", -1);
            if (cells.length < 3 || cells[0].isEmpty() || !Character.isDigit(cells[0].charAt(0))) {
                continue;
            }
            double rate = Double.parseDouble(cells[1]);
            own[(int) (Double.parseDouble(cells[0]) / 600) % BINS] += rate;
            total += rate;
            if (!cells[2].isEmpty() && rate > 0.01) {
                clumping.add(Double.parseDouble(cells[2]));
            }
        }
        if (total > 0) {
            for (int i = 0; i < BINS; i++) {
                week[i] += own[i] / total;
            }
        }
    }

    private static Arrivals answers(Path file, Arrivals before) throws IOException {
        InputStream in = Files.newInputStream(file);
        if (file.toString().endsWith(".gz")) {
            in = new GZIPInputStream(in, 1 << 16);
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String header = lines.readLine();
            int column =
                    header == null
                            ? -1
                            : Arrays.asList(header.split(",", -1)).indexOf("GeneratedTokens");
            if (column < 0) {
                throw new IOException("its first line names no column GeneratedTokens");
            }
            int[] tokens =
                    lines.lines()
                            .filter(line -> !line.isBlank())
                            .mapToInt(line -> Integer.parseInt(line.split(",", -1)[column].strip()))
                            .filter(count -> count > 0)
                            .toArray();
            if (tokens.length == 0) {
                throw new IOException("no requests in it");
            }
            int[] sorted = tokens.clone();
            Arrays.sort(sorted);
            return new Arrivals(
                    before.people(), before.clumping(), tokens, sorted[sorted.length / 2]);
        }
    }
}
