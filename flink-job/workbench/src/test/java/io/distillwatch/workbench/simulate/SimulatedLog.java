package io.distillwatch.workbench.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distillwatch.workbench.simulate.text.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A whole run in memory, for looking at it from all sides. */
final class SimulatedLog {

    private static final ObjectMapper JSON = new ObjectMapper();

    final List<JsonNode> records = new ArrayList<>();
    final JsonNode truth;
    final long modelReleasedAt;

    private SimulatedLog(Scenario scenario) {
        TrafficSimulator simulator =
                new TrafficSimulator(scenario, Texts.own(), ArrivalTraces.none());
        try {
            while (simulator.hasNext()) {
                records.add(JSON.readTree(simulator.next().json()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        truth = simulator.truth().json();
        modelReleasedAt = simulator.modelReleasedAt();
    }

    static SimulatedLog of(Scenario scenario) {
        return new SimulatedLog(scenario);
    }

    /** A run without ordinary people, with this look-alike only. */
    static SimulatedLog of(LookAlike kind, int accounts, double days) {
        return of(scenario(11, days, 0, Map.of(kind, accounts), List.of()));
    }

    /** A run of this campaign and nobody else, from its first hour. */
    static SimulatedLog of(CampaignPlan plan, double days) {
        return of(scenario(11, days, 0, Map.of(), List.of(plan.startsAfter(Duration.ZERO))));
    }

    /** A run whose look-alikes are those named only. */
    static Scenario scenario(
            long seed,
            double days,
            int ordinary,
            Map<LookAlike, Integer> lookAlikes,
            List<CampaignPlan> campaigns) {
        Map<LookAlike, Integer> sizes = new EnumMap<>(LookAlike.class);
        for (LookAlike kind : LookAlike.values()) {
            sizes.put(kind, lookAlikes.getOrDefault(kind, 0));
        }
        return new Scenario(
                seed,
                Scenario.DEFAULT_START,
                Duration.ofMillis((long) (days * 86_400_000)),
                ordinary,
                Scenario.DEFAULT_PER_DAY,
                sizes,
                campaigns,
                Set.of(),
                Scenario.DEFAULT_MAX_BYTES);
    }

    static String prompt(JsonNode record) {
        JsonNode messages = record.get("messages");
        return messages == null
                ? record.get("prompt").asText()
                : messages.get(messages.size() - 1).get("content").asText();
    }

    static long time(JsonNode record) {
        return Instant.parse(record.get("event_time").asText()).toEpochMilli();
    }

    static String account(JsonNode record) {
        return record.get("account_id").asText();
    }

    /** The /24 of an IPv4 address; an IPv6 address up to its /48. */
    static String prefix(JsonNode record) {
        String ip = record.get("client_ip").asText();
        if (ip.indexOf('.') > 0) {
            return ip.substring(0, ip.lastIndexOf('.'));
        }
        String[] groups = ip.split(":", -1);
        return groups[0] + ":" + groups[1] + ":" + groups[2];
    }

    <T> Set<T> distinct(Function<JsonNode, T> of) {
        return records.stream().map(of).collect(Collectors.toSet());
    }

    <T> Map<T, Long> count(Function<JsonNode, T> of) {
        return records.stream().collect(Collectors.groupingBy(of, Collectors.counting()));
    }

    Map<String, List<JsonNode>> byAccount() {
        return records.stream().collect(Collectors.groupingBy(SimulatedLog::account));
    }

    /** Distinct prompts of all, over the sum of each account's distinct prompts. */
    double workPartition() {
        long sum = 0;
        for (List<JsonNode> own : byAccount().values()) {
            sum += own.stream().map(SimulatedLog::prompt).distinct().count();
        }
        return (double) distinct(SimulatedLog::prompt).size() / sum;
    }

    /** Variance over mean of the exchanges an account. */
    double unevenness() {
        List<Long> counts = new ArrayList<>(count(SimulatedLog::account).values());
        double mean = counts.stream().mapToLong(c -> c).average().orElseThrow();
        double variance =
                counts.stream().mapToDouble(c -> (c - mean) * (c - mean)).average().orElseThrow();
        return variance / mean;
    }

    /** Sequences of twelve words that at least a third of the accounts use. */
    Set<String> sharedShingles() {
        Map<String, Set<String>> users = new HashMap<>();
        for (JsonNode record : records) {
            for (String shingle : shingles(prompt(record), 12)) {
                users.computeIfAbsent(shingle, s -> new HashSet<>()).add(account(record));
            }
        }
        int accounts = byAccount().size();
        return users.entrySet().stream()
                .filter(e -> e.getValue().size() * 3 >= accounts)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Records by hour of the day, UTC. */
    Map<Integer, Long> byHour() {
        return count(r -> Instant.ofEpochMilli(time(r)).atZone(ZoneOffset.UTC).getHour());
    }

    /** A run of this seed, with this look-alike only. */
    static SimulatedLog seeded(long seed, LookAlike kind, int accounts, double days) {
        return of(scenario(seed, days, 0, Map.of(kind, accounts), List.of()));
    }

    boolean hasOnePayerAndClient() {
        return distinct(r -> r.get("payment_fingerprint").asText()).size() == 1
                && distinct(r -> r.get("user_agent").asText()).size() == 1;
    }

    /** When the accounts were created, one each. */
    List<Instant> births() {
        return byAccount().values().stream()
                .map(own -> Instant.parse(own.get(0).get("account_created_at").asText()))
                .toList();
    }

    /** Days from a birth to the beginning of the run. */
    static double daysBefore(Instant born) {
        return (Scenario.DEFAULT_START.toEpochMilli() - born.toEpochMilli()) / 86_400_000.0;
    }

    static long spanMillis(List<Instant> times) {
        return times.stream().max(Instant::compareTo).orElseThrow().toEpochMilli()
                - times.stream().min(Instant::compareTo).orElseThrow().toEpochMilli();
    }

    /** Milliseconds between records that follow one another. */
    static List<Long> gaps(List<JsonNode> records) {
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < records.size(); i++) {
            gaps.add(time(records.get(i)) - time(records.get(i - 1)));
        }
        return gaps;
    }

    /** Sequences of this many words, separated by white space. */
    static Set<String> shingles(String text, int words) {
        String[] tokens = text.toLowerCase(java.util.Locale.ROOT).split("\\W+", -1);
        Set<String> shingles = new HashSet<>();
        for (int i = 0; i + words <= tokens.length; i++) {
            shingles.add(String.join(" ", List.of(tokens).subList(i, i + words)));
        }
        return shingles;
    }
}
