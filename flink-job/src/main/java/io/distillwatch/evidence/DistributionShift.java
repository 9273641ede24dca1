package io.distillwatch.evidence;

import java.util.List;

/**
 * Distribution shift: Jensen-Shannon divergence, in bits, between the lengths of the group's
 * prompts and answers and those of ordinary traffic (Lin 1991). Expected is what a random group of
 * as many accounts would show.
 *
 * <p>A sample diverges from its own source: of n1 and n2 independent draws each cell adds (1/n1 +
 * 1/n2) / (8 ln 2) bits (Grosse et al. 2002), a rare one at most its share. Exchanges of one
 * account are alike, so there are fewer draws than exchanges; how many an account is worth is
 * learned from the random groups, each of which is compared with all the others.
 *
 * <p>Every app has lengths of its own: it adds to a case, it makes none.
 */
final class DistributionShift implements Statistic {

    private static final int MIN_EXCHANGES = 50;
    /* Fewer accounts than a dozen differ from all in too many ways. */
    private static final double MIN_CARRIERS = 12;
    private static final double MIN_EXPECTED = 0.02;
    private static final double MAX_DRAWS = 50;

    /**
     * What the random groups show.
     *
     * @param cells sum of their lengths
     * @param carriers accounts that carry them (see {@link GroupStatistics.Load})
     * @param draws independent draws that one such account is worth
     */
    record Ordinary(long[] cells, double carriers, double draws) {

        static Ordinary of(Baseline baseline) {
            long[] cells = new long[GroupStatistics.Lengths.CELLS];
            double carriers = 0;
            for (GroupStatistics group : baseline.groups()) {
                add(cells, group, 1);
                carriers += group.load().carriers();
            }
            double all = carriers;
            double draws =
                    baseline.median(
                            1,
                            group -> {
                                long[] rest = cells.clone();
                                add(rest, group, -1);
                                double others = all - group.load().carriers();
                                return others < MIN_CARRIERS
                                        ? Double.NaN
                                        : new Ordinary(rest, others, 1).drawsOf(group);
                            });
            return new Ordinary(cells, carriers, Math.max(1, Math.min(MAX_DRAWS, draws)));
        }

        private static void add(long[] cells, GroupStatistics group, int sign) {
            long[] own = group.lengths().cells();
            for (int i = 0; i < cells.length; i++) {
                cells[i] += sign * own[i];
            }
        }

        private double drawsOf(GroupStatistics group) {
            return expected(group) / Math.max(1e-6, divergence(group));
        }

        /** Divergence of a random group with as many carriers as this one. */
        double expected(GroupStatistics group) {
            double cell = (1 / group.load().carriers() + 1 / carriers) / draws / (8 * Math.log(2));
            double total = total(cells);
            double sum = 0;
            for (long count : cells) {
                sum += Math.min(count / total, cell);
            }
            return sum;
        }

        double divergence(GroupStatistics group) {
            long[] own = group.lengths().cells();
            double ownTotal = total(own);
            double total = total(cells);
            double sum = 0;
            for (int i = 0; i < own.length; i++) {
                double p = own[i] / ownTotal;
                double q = cells[i] / total;
                sum += (part(p, q) + part(q, p)) / 2;
            }
            return sum;
        }

        private static double part(double p, double q) {
            return p == 0 ? 0 : p * Math.log(2 * p / (p + q)) / Math.log(2);
        }

        private static double total(long[] cells) {
            double sum = 0;
            for (long cell : cells) {
                sum += cell;
            }
            return sum;
        }
    }

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline baseline) {
        Ordinary ordinary = baseline.lengths();
        boolean enough =
                group.exchanges() >= MIN_EXCHANGES
                        && group.load().carriers() >= MIN_CARRIERS
                        && ordinary.carriers() >= 3 * MIN_CARRIERS;
        if (!enough) {
            return List.of();
        }
        double value = ordinary.divergence(group);
        double expected = Math.max(MIN_EXPECTED, ordinary.expected(group));
        double score = (value - 3 * expected) / 0.5;
        return List.of(Evidence.of(Signal.DISTRIBUTION_SHIFT, value, expected, score));
    }
}
