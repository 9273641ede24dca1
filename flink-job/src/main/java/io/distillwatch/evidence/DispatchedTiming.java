package io.distillwatch.evidence;

import java.util.List;

/**
 * Dispatch: load is even over the accounts while each account's own timing is irregular. People are
 * irregular and uneven; a timer for each user is even and regular. Irregular and even at once is
 * what a common source gives that deals its work out, and nothing in the life of one account
 * explains it.
 *
 * <p>The value is the coefficient of variation of the gaps, 0 for a timer, 1 for a Poisson process,
 * about 0.4 where each account gets one item a round, above 2 for sessions. The score is that of
 * {@link LoadEvenness}, where the gaps are irregular and have no sessions.
 */
final class DispatchedTiming implements Statistic {

    private static final long MIN_GAPS = 60;

    private final LoadEvenness load = new LoadEvenness();
    private final SessionlessGaps gaps = new SessionlessGaps();

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline ordinary) {
        if (group.timing().gaps() < MIN_GAPS) {
            return List.of();
        }
        double even = strongest(load.measure(group, ordinary));
        double sessionless = strongest(gaps.measure(group, ordinary));
        double score = Clockwork.timers(group.timing()) ? 0 : Math.min(even, sessionless);
        double expected = ordinary.median(3, other -> Clockwork.variation(other.timing()));
        double value = Clockwork.variation(group.timing());
        return List.of(Evidence.of(Signal.DISPATCHED_TIMING, value, expected, score));
    }

    private static double strongest(List<Evidence> evidence) {
        return evidence.stream().mapToDouble(Evidence::score).max().orElse(0);
    }
}
