package io.distillwatch.workbench.grouping;

import io.distillwatch.workbench.evaluate.Components;
import io.distillwatch.workbench.evaluate.PairMeetings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Accounts in lock-step, after SynchroTrap (Cao et al., CCS 2014): two accounts are linked when
 * they acted on enough common targets, on each within a window of one another, and a connected
 * component of linked accounts that is large enough is a group. Looks at all acts at once.
 */
final class LockStep {

    /** Targets that two accounts must have in common: one is a coincidence on a popular target. */
    private static final int TARGETS = 2;

    /** An account's act on one target. */
    private record Visit(int account, long time) {}

    /** Two accounts that are linked. */
    record Link(String one, String other) {}

    /**
     * What was found.
     *
     * @param groups the accounts of each group; no account is in two
     * @param links of accounts in the groups
     */
    record Found(List<Set<String>> groups, List<Link> links) {}

    private final int minAccounts;
    private final List<String> accounts = new ArrayList<>();

    /** By target, in order of time. */
    private final TreeMap<String, List<Visit>> visits = new TreeMap<>();

    /**
     * @param acts in order of time
     * @param minAccounts accounts of the smallest group
     */
    LockStep(List<Act> acts, int minAccounts) {
        this.minAccounts = minAccounts;
        Map<String, Set<String>> targets = new HashMap<>();
        acts.forEach(
                act ->
                        targets.computeIfAbsent(act.account(), account -> new HashSet<>())
                                .add(act.target()));
        Map<String, Integer> numbers = new HashMap<>();
        for (Act act : acts) {
            // Whoever has fewer targets is linked to nobody: that spares most pairs.
            if (targets.get(act.account()).size() >= TARGETS) {
                int number = numbers.computeIfAbsent(act.account(), account -> accounts.size());
                if (number == accounts.size()) {
                    accounts.add(act.account());
                }
                visits.computeIfAbsent(act.target(), target -> new ArrayList<>())
                        .add(new Visit(number, act.time()));
            }
        }
    }

    /** The groups at one window. */
    Found find(Duration window) {
        Components components = new Components();
        accounts.forEach(account -> components.add());
        List<int[]> linked = new ArrayList<>();
        PairMeetings meetings = new PairMeetings();
        long target = 0;
        for (List<Visit> ofTarget : visits.values()) {
            target++;
            for (long pair : pairs(ofTarget, window.toMillis())) {
                int one = (int) (pair >>> 32);
                int other = (int) pair;
                if (meetings.met(one, other, target) == TARGETS) {
                    components.join(one, other);
                    linked.add(new int[] {one, other});
                }
            }
        }
        return found(components.ofAtLeast(minAccounts), linked);
    }

    /** The pairs of accounts that met on one target, each once; the smaller number first. */
    private static Set<Long> pairs(List<Visit> visits, long window) {
        Set<Long> pairs = new HashSet<>();
        int first = 0;
        for (int i = 0; i < visits.size(); i++) {
            Visit now = visits.get(i);
            while (now.time() - visits.get(first).time() > window) {
                first++;
            }
            for (Visit before : visits.subList(first, i)) {
                if (before.account() != now.account()) {
                    long smaller = Math.min(before.account(), now.account());
                    pairs.add(smaller << 32 | Math.max(before.account(), now.account()));
                }
            }
        }
        return pairs;
    }

    private Found found(List<List<Integer>> components, List<int[]> linked) {
        Set<Integer> grouped = new HashSet<>();
        components.forEach(grouped::addAll);
        return new Found(
                components.stream().map(this::names).toList(),
                linked.stream()
                        .filter(pair -> grouped.contains(pair[0]))
                        .map(pair -> new Link(accounts.get(pair[0]), accounts.get(pair[1])))
                        .toList());
    }

    private Set<String> names(List<Integer> component) {
        return component.stream().map(accounts::get).collect(Collectors.toSet());
    }
}
