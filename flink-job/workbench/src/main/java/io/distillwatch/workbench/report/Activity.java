package io.distillwatch.workbench.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who was active when, from the finest window of the account metrics. Streams through the file: of
 * a month's metrics only counts are kept.
 */
final class Activity {

    /** Lines looked at to learn which window is the finest. */
    private static final int SAMPLE = 5_000;

    private static final JsonFactory JSON = new JsonFactory();

    private final List<Set<String>> groups;
    private final List<TreeMap<Long, Long>> counts = new ArrayList<>();
    private final TreeMap<Long, Long> all = new TreeMap<>();
    private final Map<String, Integer> perAccount = new HashMap<>();
    private Duration window = Duration.ofMinutes(5);

    private Activity(List<Set<String>> groups) {
        this.groups = groups;
        groups.forEach(g -> counts.add(new TreeMap<>()));
    }

    /**
     * @param metrics {@code account-metrics.jsonl}; may be missing, then nobody was active
     * @param groups accounts to be counted together
     */
    static Activity read(Path metrics, List<Set<String>> groups) throws IOException {
        Activity activity = new Activity(groups);
        if (Files.isReadable(metrics)) {
            activity.window = finest(metrics);
            activity.count(metrics);
        }
        return activity;
    }

    /** Exchanges of a group by window end in epoch milliseconds. */
    NavigableMap<Long, Long> of(int group) {
        return counts.get(group);
    }

    /** Exchanges of everybody by window end in epoch milliseconds. */
    NavigableMap<Long, Long> all() {
        return all;
    }

    /** Exchanges of every account. */
    Map<String, Integer> perAccount() {
        return perAccount;
    }

    Duration window() {
        return window;
    }

    private static Duration finest(Path metrics) throws IOException {
        Duration finest = null;
        try (BufferedReader reader = Files.newBufferedReader(metrics, StandardCharsets.UTF_8)) {
            String line = reader.readLine();
            for (int i = 0; i < SAMPLE && line != null; i++, line = reader.readLine()) {
                Duration size = Metric.parse(line).size;
                if (size != null && (finest == null || size.compareTo(finest) < 0)) {
                    finest = size;
                }
            }
        }
        return finest == null ? Duration.ofMinutes(5) : finest;
    }

    private void count(Path metrics) throws IOException {
        String size = "\"" + window + "\"";
        try (BufferedReader reader = Files.newBufferedReader(metrics, StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                // most lines are of longer windows: leave them before parsing
                if (line.contains(size)) {
                    count(Metric.parse(line));
                }
            }
        }
    }

    private void count(Metric metric) {
        all.merge(metric.end, metric.exchanges, Long::sum);
        perAccount.merge(metric.account, (int) metric.exchanges, Integer::sum);
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).contains(metric.account)) {
                counts.get(i).merge(metric.end, metric.exchanges, Long::sum);
            }
        }
    }

    private static final class Metric {

        private String account = "";
        private long end;
        private long exchanges;
        private Duration size;

        static Metric parse(String line) throws IOException {
            Metric metric = new Metric();
            try (JsonParser json = JSON.createParser(line)) {
                while (json.nextToken() != null) {
                    if (json.currentToken() == JsonToken.FIELD_NAME) {
                        String field = json.currentName();
                        json.nextToken();
                        metric.take(field, json);
                    }
                }
            } catch (DateTimeParseException e) {
                throw new IOException("account metrics with a wrong time: " + e.getMessage(), e);
            }
            return metric;
        }

        private void take(String field, JsonParser json) throws IOException {
            switch (field) {
                case "account_id" -> account = json.getText();
                case "window_end" -> end = Instant.parse(json.getText()).toEpochMilli();
                case "window_size" -> size = Duration.parse(json.getText());
                case "exchanges" -> exchanges = json.getLongValue();
                default -> json.skipChildren();
            }
        }
    }
}
