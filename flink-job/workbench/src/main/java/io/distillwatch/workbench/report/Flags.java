package io.distillwatch.workbench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the job flagged: the change streams of campaigns and members, read as upserts.
 *
 * @param campaigns in the order in which they were first flagged
 * @param members the latest record of every member that was not removed, by campaign
 */
public record Flags(List<Campaign> campaigns, Map<String, List<JsonNode>> members) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads a directory as {@code replay} writes it.
     *
     * @throws IOException with a sentence for the user when a file is missing or not JSON lines
     */
    public static Flags read(Path directory) throws IOException {
        return of(
                lines(directory.resolve("distillation-campaigns.jsonl")),
                lines(directory.resolve("distillation-campaign-members.jsonl")));
    }

    /** From the records of both topics, each in its order. */
    public static Flags of(Collection<JsonNode> campaigns, Collection<JsonNode> members) {
        Map<String, Campaign> latest = new LinkedHashMap<>();
        for (JsonNode record : campaigns) {
            latest.merge(
                    record.path("campaign_id").asText(),
                    Campaign.of(record),
                    (old, now) ->
                            new Campaign(
                                    now.record(),
                                    Math.min(old.firstFlagged(), now.firstFlagged())));
        }
        Map<String, JsonNode> byKey = new LinkedHashMap<>();
        for (JsonNode record : members) {
            byKey.put(
                    record.path("campaign_id").asText() + '\n' + record.path("account_id").asText(),
                    record);
        }
        Map<String, List<JsonNode>> active = new HashMap<>();
        for (JsonNode record : byKey.values()) {
            if (!record.path("status").asText("ACTIVE").equals("REMOVED")) {
                active.computeIfAbsent(record.path("campaign_id").asText(), id -> new ArrayList<>())
                        .add(record);
            }
        }
        return new Flags(
                latest.values().stream()
                        .sorted(
                                Comparator.comparingLong(Campaign::firstFlagged)
                                        .thenComparing(Campaign::id))
                        .toList(),
                active);
    }

    /** Members of one campaign. */
    public List<JsonNode> members(Campaign campaign) {
        return members.getOrDefault(campaign.id(), List.of());
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(
                    file + " is missing; --flags takes a directory that replay wrote");
        }
        List<JsonNode> records = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    records.add(parse(line, file, number));
                }
            }
        }
        return records;
    }

    private static JsonNode parse(String line, Path file, int number) throws IOException {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new IOException(file + ", line " + number + " is not JSON", e);
        }
    }
}
