package io.distillwatch.helm.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The table "Step by step" of the chart's README: what a platform team sets, step after step. */
final class UpgradeGuide {

    private static final Path README = Path.of("../distillwatch/README.md");
    private static final String HEADING = "### Step by step";

    private UpgradeGuide() {}

    /** What each step gives to {@code --set}, by the step's name, in the order of the guide. */
    static Map<String, Map<String, String>> steps() {
        Map<String, Map<String, String>> steps = new LinkedHashMap<>();
        for (String row : rows()) {
            List<String> cells = Stream.of(row.split("\\|", -1)).map(String::strip).toList();
            steps.put(cells.get(1), settings(cells.get(2)));
        }
        return steps;
    }

    private static Map<String, String> settings(String cell) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String each : cell.replace("`", "").split(",\\s*", -1)) {
            int equals = each.indexOf('=');
            if (equals > 0) {
                settings.put(each.substring(0, equals), each.substring(equals + 1));
            }
        }
        return settings;
    }

    private static List<String> rows() {
        try {
            return Files.readString(README)
                    .lines()
                    .dropWhile(line -> !line.equals(HEADING))
                    .dropWhile(line -> !line.startsWith("|"))
                    .takeWhile(line -> line.startsWith("|"))
                    // The head and the line below it.
                    .skip(2)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
