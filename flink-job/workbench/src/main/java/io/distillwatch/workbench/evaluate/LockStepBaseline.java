package io.distillwatch.workbench.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Names groups of accounts that do the same in the same hours, after SynchroTrap (Cao et al., CCS
 * 2014): two accounts are similar when they meet on one key in enough different hours, and a
 * connected component of similar accounts that is large enough is named.
 */
final class LockStepBaseline implements Baseline {

    private static final long HOUR_MILLIS = 3_600_000L;

    /** Hours in which two accounts must meet. */
    private static final int HOURS = 3;

    /** Accounts of the smallest component that is named. */
    private static final int COMPONENT = 5;

    private final Function<Request, Object> key;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> accounts = new ArrayList<>();

    /** Union-find: the parent of each account by number. */
    private final List<Integer> parents = new ArrayList<>();

    private final Map<Object, Set<Integer>> meetings = new HashMap<>();
    private final PairHours pairs = new PairHours();
    private long hour = Long.MIN_VALUE;

    LockStepBaseline(Function<Request, Object> key) {
        this.key = key;
    }

    @Override
    public void see(Request request) {
        long now = Math.floorDiv(request.time(), HOUR_MILLIS);
        if (now != hour) {
            endHour();
            hour = now;
        }
        meetings.computeIfAbsent(key.apply(request), k -> new HashSet<>())
                .add(number(request.account()));
    }

    private int number(String account) {
        return numbers.computeIfAbsent(
                account,
                a -> {
                    accounts.add(a);
                    parents.add(parents.size());
                    return parents.size() - 1;
                });
    }

    private void endHour() {
        for (Set<Integer> meeting : meetings.values()) {
            int[] present = meeting.stream().mapToInt(Integer::intValue).sorted().toArray();
            for (int i = 0; i < present.length; i++) {
                for (int j = i + 1; j < present.length; j++) {
                    meet(present[i], present[j]);
                }
            }
        }
        meetings.clear();
    }

    private void meet(int one, int other) {
        int root = root(one);
        int otherRoot = root(other);
        // within a component another edge tells nothing; that spares most pairs of a large one
        if (root != otherRoot && pairs.met(one, other, hour) >= HOURS) {
            parents.set(root, otherRoot);
        }
    }

    private int root(int account) {
        int at = account;
        while (parents.get(at) != at) {
            parents.set(at, parents.get(parents.get(at)));
            at = parents.get(at);
        }
        return at;
    }

    @Override
    public Set<String> named() {
        endHour();
        Map<Integer, Set<String>> components = new HashMap<>();
        for (int i = 0; i < accounts.size(); i++) {
            components.computeIfAbsent(root(i), r -> new HashSet<>()).add(accounts.get(i));
        }
        Set<String> named = new HashSet<>();
        components.values().stream().filter(c -> c.size() >= COMPONENT).forEach(named::addAll);
        return named;
    }
}
