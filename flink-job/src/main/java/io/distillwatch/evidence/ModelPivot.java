package io.distillwatch.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Pivot: the group moves to a new model together. The value is the share of new models in its
 * exchanges of the last day, expected is the same in ordinary traffic. In a campaign that was
 * reported, nearly half of the traffic had moved within 24 hours of a release.
 *
 * <p>A model is new when ordinary traffic, in most of its random groups, uses it since at most
 * seven days, and not from the stream's beginning. One that only a few use is somebody's own. A
 * group that is not older than the model has not moved.
 *
 * <p>An app that switches its default does the same. An account keeps to its model, so the error of
 * the share is that of the number of accounts.
 */
final class ModelPivot implements Statistic {

    private static final long HOUR = 3_600_000;
    private static final long WARM_UP = 12 * HOUR;
    private static final long NEW = 7 * 24 * HOUR;
    /* Head start of the group before a model's first use. */
    private static final long OLDER = 6 * HOUR;
    private static final int MIN_EXCHANGES = 20;
    private static final int MIN_GROUPS = 3;

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline ordinary) {
        double n = Arrays.stream(group.models().recent()).sum();
        if (n < MIN_EXCHANGES) {
            return List.of();
        }
        Set<Long> fresh = newModels(group, ordinary);
        if (fresh.isEmpty()) {
            return List.of();
        }
        double value = share(group, fresh);
        double expected = Math.max(0.02, ordinary.median(1, other -> share(other, fresh)));
        double draws = Math.min(n, group.accounts());
        double error = Math.sqrt(Math.max(0.01, value * (1 - value)) / draws);
        double score = (value - 3 * error - 2 * expected) / 0.5;
        return List.of(Evidence.of(Signal.MODEL_PIVOT, value, expected, score));
    }

    private static Set<Long> newModels(GroupStatistics group, Baseline ordinary) {
        Set<Long> found = new HashSet<>();
        Collection<GroupStatistics> groups = ordinary.groups();
        for (long model : group.models().ids()) {
            List<Long> firsts = new ArrayList<>();
            for (GroupStatistics other : groups) {
                int at = Arrays.binarySearch(other.models().ids(), model);
                if (at >= 0) {
                    firsts.add(other.models().firstSeen()[at]);
                }
            }
            if (firsts.size() < MIN_GROUPS || 2 * firsts.size() < groups.size()) {
                continue;
            }
            int own = Arrays.binarySearch(group.models().ids(), model);
            long first = firsts.stream().mapToLong(Long::longValue).min().orElseThrow();
            first = Math.min(first, group.models().firstSeen()[own]);
            if (first - ordinary.start() >= WARM_UP
                    && group.at() - first <= NEW
                    && first - group.firstSeen() >= OLDER) {
                found.add(model);
            }
        }
        return found;
    }

    private static double share(GroupStatistics group, Set<Long> models) {
        GroupStatistics.Models own = group.models();
        double moved = 0;
        double all = 0;
        for (int i = 0; i < own.ids().length; i++) {
            all += own.recent()[i];
            moved += models.contains(own.ids()[i]) ? own.recent()[i] : 0;
        }
        return all == 0 ? Double.NaN : moved / all;
    }
}
