package io.distillwatch.workbench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A campaign as its latest record has it.
 *
 * @param record the latest record
 * @param firstFlagged earliest {@code flagged_at} of all its records, epoch milliseconds
 */
public record Campaign(JsonNode record, long firstFlagged) {

    /** Signals that are named in a sentence; more are hard to read. */
    private static final int NAMED = 3;

    /**
     * @param signal name
     * @param value of the campaign
     * @param expected in ordinary traffic
     * @param score 0 to 1
     */
    public record Evidence(String signal, double value, double expected, double score) {}

    /** A campaign of which this is the only record. */
    public static Campaign of(JsonNode record) {
        return new Campaign(record, millis(record.path("flagged_at")));
    }

    /** Its id. */
    public String id() {
        return record.path("campaign_id").asText();
    }

    /** OPEN, CLOSED, MERGED or DISMISSED. */
    public String status() {
        return record.path("status").asText("OPEN");
    }

    /** Whether it stands by itself: neither merged into another nor dismissed. */
    public boolean stands() {
        return !status().equals("MERGED") && !status().equals("DISMISSED");
    }

    /** What speaks for it, the strongest first. */
    public List<Evidence> evidence() {
        List<Evidence> all = new ArrayList<>();
        for (JsonNode node : record.path("evidence")) {
            all.add(
                    new Evidence(
                            node.path("signal").asText(),
                            node.path("value").asDouble(),
                            node.path("expected").asDouble(),
                            node.path("score").asDouble()));
        }
        all.sort(Comparator.comparingDouble(Evidence::score).reversed());
        return all;
    }

    /** The evidence as one sentence. */
    public String inWords() {
        StringBuilder words = new StringBuilder();
        long accounts = record.path("accounts").asLong();
        long prefixes = record.path("prefixes").asLong();
        words.append(
                String.format(
                        Locale.ROOT,
                        "%,d accounts behind %,d %s share %s",
                        accounts,
                        prefixes,
                        prefixes == 1 ? "prefix" : "prefixes",
                        record.path("families").size() > 1 ? "prompt templates" : "one template"));
        String separator = ": ";
        for (Evidence e : evidence().stream().filter(e -> e.score() >= 0.5).limit(NAMED).toList()) {
            words.append(separator)
                    .append(Words.signal(e.signal()).title())
                    .append(" (")
                    .append(Words.number(e.value()))
                    .append(", ordinary is ")
                    .append(Words.number(e.expected()))
                    .append(')');
            separator = "; ";
        }
        return words.append('.').toString();
    }

    /** A time field in epoch milliseconds; 0 where it is missing. */
    long time(String field) {
        return millis(record.path(field));
    }

    /** A time of the contract, ISO-8601 or epoch milliseconds. */
    public static long millis(JsonNode node) {
        if (node.isNumber()) {
            return node.asLong();
        }
        return node.isTextual() ? Instant.parse(node.asText()).toEpochMilli() : 0;
    }
}
