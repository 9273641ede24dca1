package io.distillwatch.workbench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

/** Gathers what the page shows, as one JSON value. */
final class ReportData {

    private static final int SHOWN_MEMBERS = 200;
    private static final int SHOWN_PREFIXES = 24;

    /** Bars of a timeline: as many as a screen shows apart. */
    private static final int MOST_BINS = 200;

    private static final long MINUTE = 60_000;
    private static final long[] BIN_MINUTES = {
        5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080
    };

    /** Upper bounds of exchanges an account, for the histogram; doubling as people's use does. */
    private static final int[] LOADS = {1, 2, 4, 8, 16, 32, 64, 128, 256, Integer.MAX_VALUE};

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Flags flags;
    private final PlantedTruth truth;
    private final Activity activity;
    private final List<Set<String>> members = new ArrayList<>();
    private final Map<String, String> plantedIn = new HashMap<>();
    private final Set<String> named = new HashSet<>();
    private long start;
    private long bin;
    private int bins;

    private ReportData(Flags flags, PlantedTruth truth, Path metrics) throws IOException {
        this.flags = flags;
        this.truth = truth;
        for (Campaign campaign : flags.campaigns()) {
            Set<String> accounts = new HashSet<>();
            flags.members(campaign).forEach(m -> accounts.add(m.path("account_id").asText()));
            members.add(accounts);
            if (campaign.stands()) {
                named.addAll(accounts);
            }
        }
        List<Set<String>> groups = new ArrayList<>(members);
        groups.add(named);
        if (truth != null) {
            for (PlantedTruth.Planted planted : truth.campaigns()) {
                groups.add(planted.accounts());
                planted.accounts().forEach(a -> plantedIn.put(a, planted.name()));
            }
        }
        this.activity = Activity.read(metrics, groups);
    }

    /**
     * @param truth may be null
     */
    static ObjectNode gather(Path directory, PlantedTruth truth) throws IOException {
        ReportData data =
                new ReportData(
                        Flags.read(directory), truth, directory.resolve("account-metrics.jsonl"));
        ObjectNode page = data.page();
        Path summary = directory.resolve("summary.json");
        if (Files.isReadable(summary)) {
            page.set("summary", JSON.readTree(Files.readAllBytes(summary)));
        }
        return page;
    }

    private ObjectNode page() {
        layOutTime();
        ObjectNode page = JSON.createObjectNode();
        page.put("start", start).put("end", start + bins * bin).put("bin", bin);
        page.put("accounts", activity.perAccount().size());
        page.put("exchanges", sum(activity.all()));
        long[] inCampaigns = timeline(activity.of(members.size()));
        long[] others = timeline(activity.all());
        for (int i = 0; i < bins; i++) {
            others[i] -= inCampaigns[i];
        }
        page.set("inCampaigns", array(inCampaigns));
        page.set("others", array(others));
        page.set("loadLabels", loadLabels());
        Set<String> everybodyElse = new HashSet<>(activity.perAccount().keySet());
        everybodyElse.removeAll(named);
        page.set("otherLoads", array(loads(everybodyElse)));
        ArrayNode campaigns = page.putArray("campaigns");
        for (int i = 0; i < flags.campaigns().size(); i++) {
            campaigns.add(campaign(i));
        }
        if (truth != null) {
            addTruth(page);
        }
        return page;
    }

    private void layOutTime() {
        long window = activity.window().toMillis();
        NavigableMap<Long, Long> all = activity.all();
        long first = all.isEmpty() ? 0 : all.firstKey() - window;
        long last = all.isEmpty() ? MINUTE : all.lastKey();
        bin = window;
        for (int i = 0; i < BIN_MINUTES.length && (last - first) / bin >= MOST_BINS; i++) {
            bin = Math.max(window, BIN_MINUTES[i] * MINUTE);
        }
        start = Math.floorDiv(first, bin) * bin;
        bins = (int) ((last - start + bin - 1) / bin);
    }

    private ObjectNode campaign(int index) {
        Campaign campaign = flags.campaigns().get(index);
        JsonNode record = campaign.record();
        ObjectNode node = JSON.createObjectNode();
        node.put("id", campaign.id()).put("status", campaign.status());
        node.set("merged_into", record.get("merged_into"));
        node.put("severity", record.path("severity").asText(null));
        node.put("technique", record.path("technique").asText(null));
        node.put("words", campaign.inWords());
        node.put("flagged_at", campaign.firstFlagged());
        node.put("first_seen", campaign.time("first_seen"));
        node.put("score", record.path("score").asDouble());
        node.put("accounts", record.path("accounts").asLong());
        node.put("prefixes", record.path("prefixes").asLong());
        node.put("exchanges", record.path("exchanges").asLong());
        node.put("output_tokens", record.path("output_tokens").asLong());
        node.set("models", texts(record.path("models"), Integer.MAX_VALUE));
        node.set("top_prefixes", texts(record.path("top_prefixes"), SHOWN_PREFIXES));
        ArrayNode evidence = node.putArray("evidence");
        for (Campaign.Evidence e : campaign.evidence()) {
            Words.Signal words = Words.signal(e.signal());
            evidence.addObject()
                    .put("title", words.title())
                    .put("meaning", words.meaning())
                    .put("value", e.value())
                    .put("expected", e.expected())
                    .put("score", e.score());
        }
        node.put("members", members.get(index).size());
        node.set("member_rows", memberRows(campaign));
        node.set("timeline", array(timeline(activity.of(index))));
        node.set("loads", array(loads(members.get(index))));
        node.put("planted", plantedAs(index));
        return node;
    }

    private ArrayNode memberRows(Campaign campaign) {
        List<JsonNode> records = new ArrayList<>(flags.members(campaign));
        records.sort(
                Comparator.comparingLong((JsonNode m) -> -m.path("exchanges").asLong())
                        .thenComparing(m -> m.path("account_id").asText()));
        ArrayNode rows = JSON.createArrayNode();
        for (JsonNode member : records.subList(0, Math.min(SHOWN_MEMBERS, records.size()))) {
            String account = member.path("account_id").asText();
            rows.addObject()
                    .put("account", account)
                    .put("exchanges", member.path("exchanges").asLong())
                    .put("score", member.path("score").asDouble())
                    .put("joined_at", Campaign.millis(member.path("joined_at")))
                    .put("first_seen", Campaign.millis(member.path("first_seen")))
                    .put("last_seen", Campaign.millis(member.path("last_seen")))
                    .put("truth", plantedIn.get(account));
        }
        return rows;
    }

    /** The planted campaign that at least half of the members belong to; null for none. */
    private String plantedAs(int index) {
        Map<String, Integer> votes = new HashMap<>();
        for (String account : members.get(index)) {
            String planted = plantedIn.get(account);
            if (planted != null) {
                votes.merge(planted, 1, Integer::sum);
            }
        }
        return votes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .filter(e -> 2 * e.getValue() >= members.get(index).size())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private void addTruth(ObjectNode page) {
        int falseFlags = 0;
        Map<String, List<Integer>> found = new HashMap<>();
        for (int i = 0; i < members.size(); i++) {
            if (flags.campaigns().get(i).stands()) {
                String planted = plantedAs(i);
                if (planted == null) {
                    falseFlags++;
                } else {
                    found.computeIfAbsent(planted, name -> new ArrayList<>()).add(i);
                }
            }
        }
        page.put("falseFlags", falseFlags);
        page.put("ordinaryNamed", named.stream().filter(a -> !plantedIn.containsKey(a)).count());
        ArrayNode planted = page.putArray("planted");
        for (int i = 0; i < truth.campaigns().size(); i++) {
            PlantedTruth.Planted p = truth.campaigns().get(i);
            planted.add(
                    planted(
                            p,
                            found.getOrDefault(p.name(), List.of()),
                            activity.of(members.size() + 1 + i)));
        }
        ArrayNode lookAlikes = page.putArray("lookAlikes");
        for (PlantedTruth.LookAlike l : truth.lookAlikes()) {
            long exchanges =
                    l.accounts().stream()
                            .mapToLong(a -> activity.perAccount().getOrDefault(a, 0))
                            .sum();
            lookAlikes
                    .addObject()
                    .put("name", l.name().replace('_', ' '))
                    .put("words", Words.lookAlike(l.kind()))
                    .put("accounts", l.accounts().size())
                    .put("exchanges", exchanges)
                    .put("named", l.accounts().stream().filter(named::contains).count());
        }
    }

    private ObjectNode planted(
            PlantedTruth.Planted planted, List<Integer> found, NavigableMap<Long, Long> sent) {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", planted.name());
        node.put("accounts", planted.accounts().size());
        node.put("exchanges", planted.exchanges());
        node.put("first", planted.first());
        Set<String> got = new HashSet<>();
        long flagged = Long.MAX_VALUE;
        ArrayNode ids = node.putArray("found");
        for (int index : found) {
            got.addAll(members.get(index));
            flagged = Math.min(flagged, flags.campaigns().get(index).firstFlagged());
            ids.add(flags.campaigns().get(index).id());
        }
        if (found.isEmpty()) {
            node.put("leakage", 1.0);
            return node;
        }
        long before = sum(sent.headMap(flagged, true));
        Set<String> active = new HashSet<>(planted.accounts());
        active.retainAll(activity.perAccount().keySet());
        long right = got.stream().filter(planted.accounts()::contains).count();
        node.put("flagged_at", flagged);
        node.put("leakage", ratio(before, sum(sent)));
        node.put(
                "recall",
                ratio(right, active.isEmpty() ? planted.accounts().size() : active.size()));
        node.put("precision", ratio(right, got.size()));
        return node;
    }

    private long[] timeline(Map<Long, Long> byWindowEnd) {
        long[] timeline = new long[bins];
        long window = activity.window().toMillis();
        byWindowEnd.forEach((end, n) -> timeline[(int) ((end - window - start) / bin)] += n);
        return timeline;
    }

    private long[] loads(Set<String> accounts) {
        long[] loads = new long[LOADS.length];
        for (String account : accounts) {
            int exchanges = activity.perAccount().getOrDefault(account, 0);
            int i = 0;
            while (exchanges > LOADS[i]) {
                i++;
            }
            loads[i] += exchanges > 0 ? 1 : 0;
        }
        return loads;
    }

    private static ArrayNode loadLabels() {
        ArrayNode labels = JSON.createArrayNode();
        for (int i = 0; i < LOADS.length; i++) {
            int from = i == 0 ? 1 : LOADS[i - 1] + 1;
            labels.add(
                    i == LOADS.length - 1
                            ? "> " + (from - 1)
                            : from == LOADS[i] ? "" + from : from + "–" + LOADS[i]);
        }
        return labels;
    }

    private static ArrayNode texts(JsonNode list, int most) {
        List<String> texts = new ArrayList<>();
        for (JsonNode node : list) {
            texts.add(
                    node.isObject()
                            ? node.path("ip_prefix").asText(node.toString())
                            : node.asText());
        }
        ArrayNode array = JSON.createArrayNode();
        texts.subList(0, Math.min(most, texts.size())).forEach(array::add);
        return array;
    }

    private static ArrayNode array(long[] values) {
        ArrayNode array = JSON.createArrayNode();
        for (long value : values) {
            array.add(value);
        }
        return array;
    }

    private static long sum(Map<Long, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
