package io.distillwatch.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The chart's README, where tests hold it to its word. */
final class Readme {

    private Readme() {}

    static String text() {
        try {
            return Files.readString(Chart.DIRECTORY.resolve("README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows of the first table below a heading, without its head; cells without backticks. */
    static List<List<String>> table(String heading) {
        List<List<String>> rows = new ArrayList<>();
        boolean below = false;
        for (String line : text().lines().toList()) {
            if (line.equals(heading)) {
                below = true;
            } else if (below && line.startsWith("|")) {
                rows.add(
                        Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
                                .map(cell -> cell.replace("`", "").strip())
                                .toList());
            } else if (below && !rows.isEmpty()) {
                break;
            }
        }
        if (rows.size() < 3) {
            throw new AssertionError("no table below " + heading);
        }
        return rows.subList(2, rows.size());
    }
}
