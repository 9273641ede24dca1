package io.distillwatch.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What ordinary traffic looks like, by the same statistics: of several groups of accounts that were
 * drawn at random. A campaign that is a small part of all accounts is a small part of each of them,
 * and the median over the groups is taken, so it cannot be moved much.
 *
 * <p>Until enough has been seen, each figure stands on a start value. The start values are those of
 * ordinary consumer traffic in public traces (see the class of each statistic) and lean towards not
 * flagging.
 */
public final class Baseline {

    private static final int MIN_ACCOUNTS = 20;
    private static final int MIN_GROUPS = 3;

    private final Map<Long, GroupStatistics> groups = new TreeMap<>();

    /* What DistributionShift derives from all groups; null until it is asked for after a change. */
    private DistributionShift.Ordinary lengths;

    /** Takes the newest statistics of one random group. */
    public void update(GroupStatistics statistics) {
        groups.put(statistics.group(), statistics);
        lengths = null;
    }

    /** Lengths of ordinary traffic, and how much they differ by chance. */
    DistributionShift.Ordinary lengths() {
        if (lengths == null) {
            lengths = DistributionShift.Ordinary.of(this);
        }
        return lengths;
    }

    public Collection<GroupStatistics> groups() {
        return groups.values();
    }

    /** Event time of the first exchange of any random group: when the stream began. */
    public long start() {
        return groups.values().stream()
                .mapToLong(GroupStatistics::firstSeen)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Median over the random groups; the start value where too few groups know. */
    double median(double start, ToDoubleFunction<GroupStatistics> figure) {
        List<Double> values = new ArrayList<>();
        for (GroupStatistics group : groups.values()) {
            if (group.accounts() >= MIN_ACCOUNTS) {
                double value = figure.applyAsDouble(group);
                if (!Double.isNaN(value)) {
                    values.add(value);
                }
            }
        }
        if (values.size() < MIN_GROUPS) {
            return start;
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Sum over the random groups of their half-hour bins, aligned to end at the given bin. */
    double[] rhythm(long lastBin, int bins) {
        double[] sum = new double[bins];
        for (GroupStatistics group : groups.values()) {
            long[] own = group.timing().bins();
            for (int i = 0; i < bins; i++) {
                long bin = lastBin - (bins - 1 - i);
                long index = own.length - 1 - (group.timing().lastBin() - bin);
                if (index >= 0 && index < own.length) {
                    sum[i] += own[(int) index];
                }
            }
        }
        return sum;
    }
}
