package io.distillwatch.workbench.grouping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the grouping stage and lock-step make of the same acts.
 *
 * @param minAccounts accounts of the smallest group that is counted
 */
record Comparison(int acts, int accounts, int targets, int minAccounts, List<Row> rows) {

    static final String GROUPING_STAGE = "grouping stage";
    static final String LOCK_STEP = "lock-step";

    private static final String NONE = "–";
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    /**
     * What one detector found.
     *
     * @param windowHours of lock-step, the window; of the grouping stage, its memory
     * @param accounts different accounts in the groups
     * @param medianSize accounts of the middle group by size; 0 without groups
     * @param largestSize accounts of the largest group; 0 without groups
     * @param agreement with the grouping stage; null for that one itself
     */
    record Row(
            String detector,
            long windowHours,
            int groups,
            int accounts,
            double medianSize,
            int largestSize,
            Agreement agreement) {}

    /**
     * How far the grouping stage has what lock-step found. One large group can make most of the
     * accounts and links, so groups are counted as well.
     *
     * @param groups of lock-step's groups, those most of whose accounts are in groups of the stage
     * @param accounts of lock-step's groups, those that the grouping stage has in a group
     * @param links pairs of accounts in lock-step's groups that lock-step links directly
     * @param linksTogether of these, those that the grouping stage has in one group
     */
    record Agreement(int groups, int accounts, int links, int linksTogether) {}

    /**
     * Compares.
     *
     * @param grouped the accounts of each group of the grouping stage; smaller ones are left out
     * @param memory of the grouping stage
     * @param lockStep what lock-step found, by window
     */
    static Comparison of(
            List<Act> acts,
            int minAccounts,
            List<Set<String>> grouped,
            Duration memory,
            Map<Duration, LockStep.Found> lockStep) {
        List<Set<String>> large = grouped.stream().filter(g -> g.size() >= minAccounts).toList();
        Map<String, Set<Integer>> groupsOf = groupsOf(large);
        List<Row> rows = new ArrayList<>();
        rows.add(row(GROUPING_STAGE, memory, large, null));
        lockStep.forEach(
                (window, found) ->
                        rows.add(
                                row(
                                        LOCK_STEP,
                                        window,
                                        found.groups(),
                                        agreement(found, groupsOf))));
        return new Comparison(
                acts.size(),
                (int) acts.stream().map(Act::account).distinct().count(),
                (int) acts.stream().map(Act::target).distinct().count(),
                minAccounts,
                rows);
    }

    private static Map<String, Set<Integer>> groupsOf(List<Set<String>> groups) {
        Map<String, Set<Integer>> groupsOf = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            for (String account : groups.get(i)) {
                groupsOf.computeIfAbsent(account, a -> new HashSet<>()).add(i);
            }
        }
        return groupsOf;
    }

    private static Row row(
            String detector, Duration window, List<Set<String>> groups, Agreement agreement) {
        int[] sizes = groups.stream().mapToInt(Set::size).sorted().toArray();
        int middle = sizes.length / 2;
        return new Row(
                detector,
                window.toHours(),
                sizes.length,
                (int) groups.stream().flatMap(Collection::stream).distinct().count(),
                sizes.length == 0 ? 0 : (sizes[middle] + sizes[(sizes.length - 1) / 2]) / 2.0,
                sizes.length == 0 ? 0 : sizes[sizes.length - 1],
                agreement);
    }

    private static Agreement agreement(LockStep.Found found, Map<String, Set<Integer>> groupsOf) {
        int groups = 0;
        int accounts = 0;
        for (Set<String> group : found.groups()) {
            int known = (int) group.stream().filter(groupsOf::containsKey).count();
            accounts += known;
            groups += 2 * known > group.size() ? 1 : 0;
        }
        long together =
                found.links().stream()
                        .filter(
                                link ->
                                        !Collections.disjoint(
                                                groupsOf.getOrDefault(link.one(), Set.of()),
                                                groupsOf.getOrDefault(link.other(), Set.of())))
                        .count();
        return new Agreement(groups, accounts, found.links().size(), (int) together);
    }

    /** Everything, for programs. */
    byte[] json() throws JsonProcessingException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    /** The table, for people. */
    String markdown() {
        StringBuilder out = new StringBuilder();
        out.append(
                String.format(
                        Locale.ROOT,
                        """
                        %,d acts of %,d accounts on %,d targets; groups of %d accounts or more.

                        | detector | window | groups | accounts in them | median size | largest | groups mostly grouped by the stage | accounts grouped by the stage | linked pairs in one group of the stage |
                        |---|---|---|---|---|---|---|---|---|
                        """,
                        acts,
                        accounts,
                        targets,
                        minAccounts));
        rows.forEach(row -> out.append(line(row)));
        return out.toString();
    }

    private static String line(Row row) {
        Agreement agreement = row.agreement();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,d | %,d | %.1f | %,d | %s | %s | %s |%n",
                row.detector(),
                window(row.windowHours()),
                row.groups(),
                row.accounts(),
                row.medianSize(),
                row.largestSize(),
                agreement == null ? NONE : share(agreement.groups(), row.groups()),
                agreement == null ? NONE : share(agreement.accounts(), row.accounts()),
                agreement == null ? NONE : share(agreement.linksTogether(), agreement.links()));
    }

    private static String window(long hours) {
        return hours % 24 == 0 ? hours / 24 + " d" : hours + " h";
    }

    private static String share(int part, int whole) {
        return whole == 0
                ? NONE
                : String.format(
                        Locale.ROOT, "%,d of %,d (%.1f %%)", part, whole, 100.0 * part / whole);
    }
}
