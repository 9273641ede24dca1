package io.distillwatch.workbench.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The figures of the contract's "Scored": pure, from what was planted and what was flagged. */
public final class Scorer {

    /**
     * A flagged campaign is a planted one's if at least this share of its members belongs to it.
     */
    private static final double MAJORITY = 0.5;

    private static final double MILLIS_AN_HOUR = 3_600_000.0;

    private Scorer() {}

    /** Compares flags with the truth. */
    public static Score score(PlantedTraffic planted, Flags flags) {
        Map<String, List<String>> hits = new LinkedHashMap<>();
        List<Score.FalseFlag> falseFlags = new ArrayList<>();
        Map<String, Long> standing = flags.standing();
        for (String id : standing.keySet()) {
            String owner = majority(planted, flags.members(id));
            if (owner == null) {
                falseFlags.add(falseFlag(planted, id, flags.members(id)));
            } else {
                hits.computeIfAbsent(owner, name -> new ArrayList<>()).add(id);
            }
        }
        Map<String, Score.Row> rows = new LinkedHashMap<>();
        planted.campaigns()
                .forEach(
                        (name, campaign) -> {
                            List<String> pieces = hits.getOrDefault(name, List.of());
                            rows.put(name, row(planted, flags, name, campaign, pieces, standing));
                        });
        return new Score(
                rows, total(planted, flags, rows, standing.size(), falseFlags), falseFlags);
    }

    /**
     * The planted campaign that most members belong to, if they are half of all or more. Of two
     * with equally many members it is the one whose name is greater, as the reference script has
     * it.
     */
    private static String majority(PlantedTraffic planted, Set<String> members) {
        Map<String, Long> tally = new TreeMap<>();
        for (String member : members) {
            String owner = planted.owner(member);
            if (owner != null) {
                tally.merge(owner, 1L, Long::sum);
            }
        }
        return tally.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry::getKey))
                .filter(best -> best.getValue() >= MAJORITY * Math.max(1, members.size()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private static Score.Row row(
            PlantedTraffic planted,
            Flags flags,
            String name,
            PlantedTraffic.Campaign campaign,
            List<String> pieces,
            Map<String, Long> standing) {
        Set<String> real =
                campaign.accounts().stream().filter(planted::isActive).collect(Collectors.toSet());
        Map<String, Long> namedAt = new HashMap<>();
        pieces.forEach(
                id ->
                        flags.namedAt(id)
                                .forEach((who, when) -> namedAt.merge(who, when, Math::min)));
        long right = namedAt.keySet().stream().filter(real::contains).count();
        Map<String, List<Long>> byAccount = planted.times(name);
        List<Long> times = byAccount.values().stream().flatMap(List::stream).toList();
        Long flaggedAt =
                pieces.stream().map(standing::get).min(Comparator.naturalOrder()).orElse(null);
        Long before = flaggedAt == null ? null : times.stream().filter(t -> t <= flaggedAt).count();
        return new Score.Row(
                !pieces.isEmpty(),
                pieces.size(),
                before == null ? 1.0 : (double) before / Math.max(1, times.size()),
                before,
                hoursToFlag(times, flaggedAt),
                (double) right / Math.max(1, real.size()),
                namedAt.isEmpty() ? null : (double) right / namedAt.size(),
                flaggedAt == null ? null : Promptness.share(byAccount, namedAt, flaggedAt),
                real.size(),
                campaign.exchanges());
    }

    private static Double hoursToFlag(List<Long> times, Long flaggedAt) {
        if (flaggedAt == null || times.isEmpty()) {
            return null;
        }
        return (flaggedAt - times.stream().min(Comparator.naturalOrder()).get()) / MILLIS_AN_HOUR;
    }

    private static Score.Total total(
            PlantedTraffic planted,
            Flags flags,
            Map<String, Score.Row> rows,
            int standing,
            List<Score.FalseFlag> falseFlags) {
        List<String> ordinary =
                flags.named().stream()
                        .filter(
                                account ->
                                        planted.isActive(account) && planted.owner(account) == null)
                        .toList();
        long all = planted.ordinaryAccounts();
        long found = rows.values().stream().filter(Score.Row::flagged).count();
        return new Score.Total(
                (double) found / Math.max(1, rows.size()),
                standing,
                falseFlags.size(),
                ordinary.size(),
                all,
                (double) ordinary.size() / Math.max(1, all),
                byKind(planted, ordinary));
    }

    private static Score.FalseFlag falseFlag(
            PlantedTraffic planted, String id, Set<String> members) {
        Map<String, Long> top = new LinkedHashMap<>();
        byKind(planted, members).entrySet().stream()
                .limit(3)
                .forEach(e -> top.put(e.getKey(), e.getValue()));
        return new Score.FalseFlag(id, members.size(), top);
    }

    /** Most frequent first, then by name. */
    static Map<String, Long> byKind(PlantedTraffic planted, Iterable<String> accounts) {
        Map<String, Long> tally = new TreeMap<>();
        accounts.forEach(account -> tally.merge(planted.kind(account), 1L, Long::sum));
        return tally.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                Map.Entry::getValue,
                                (a, b) -> a,
                                LinkedHashMap::new));
    }
}
