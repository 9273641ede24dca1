package io.distillwatch.workbench.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

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

    private final Components components = new Components();
    private final Map<Object, Set<Integer>> meetings = new HashMap<>();
    private final PairMeetings pairs = new PairMeetings();
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
                    return components.add();
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
        // within a component another edge tells nothing; that spares most pairs of a large one
        if (!components.together(one, other) && pairs.met(one, other, hour) >= HOURS) {
            components.join(one, other);
        }
    }

    @Override
    public Set<String> named() {
        endHour();
        return components.ofAtLeast(COMPONENT).stream()
                .flatMap(List::stream)
                .map(accounts::get)
                .collect(Collectors.toSet());
    }
}
