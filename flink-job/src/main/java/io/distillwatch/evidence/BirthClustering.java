package io.distillwatch.evidence;

import io.distillwatch.family.Cohort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Births: were the accounts made together, and did they join together? Organic sign-ups spread over
 * years, and an app gains its users over weeks.
 */
final class BirthClustering implements Statistic {

    /* A stream must have run this long before "nobody of them was here earlier" means anything. */
    private static final double WARM_UP_HOURS = 12;
    /* A Poisson queue has reached all but e^-2 of its accounts in the first half of four turns. */
    private static final double TURNS = 4;
    /* Share of an app's users that come in the second half of its life so far, at the least. */
    private static final double ORDINARY_LATE = 0.3;

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline ordinary) {
        List<Evidence> found = new ArrayList<>();
        GroupStatistics.Infrastructure own = group.infrastructure();
        if (own.withCreation() >= 8) {
            double week =
                    Math.max(0.03, ordinary.median(0.10, o -> o.infrastructure().densestWeek()));
            double young = Math.max(0.03, ordinary.median(0.10, o -> o.infrastructure().young()));
            double byWeek = (own.densestWeek() - 2 * week) / Math.max(0.2, 0.8 - 2 * week);
            double byYouth = (own.young() - 2 * young) / Math.max(0.2, 0.8 - 2 * young);
            boolean weekSpeaks = byWeek >= byYouth;
            found.add(
                    Evidence.of(
                            Signal.BIRTH_CLUSTERING,
                            weekSpeaks ? own.densestWeek() : own.young(),
                            weekSpeaks ? week : young,
                            Math.max(byWeek, byYouth)));
        }
        onset(group).ifPresent(found::add);
        return found;
    }

    /**
     * A closed membership: everybody joined at the beginning and nobody since, though the stream
     * had run for long before. An app's users go on coming; a queue's accounts are all there once
     * each has had a turn or two. Timers that all go off at the same hour look alike, and so does a
     * cohort, which is formed of accounts that have all worked for hours by then.
     */
    private static Optional<Evidence> onset(GroupStatistics group) {
        GroupStatistics.Life life = group.life();
        double lived = (group.at() - group.firstSeen()) / 3.6e6;
        double meanGap = group.timing().gapSeconds() / Math.max(1, group.timing().gaps()) / 3600;
        if (Cohort.isCohort(group.group())
                || life.ageHours() < WARM_UP_HOURS
                || lived < 3
                || lived < TURNS * meanGap
                || group.timing().gaps() < group.accounts()) {
            return Optional.empty();
        }
        double late = 1 - life.joinedEarly();
        double error = Math.sqrt(Math.max(0.02, late * (1 - late)) / group.accounts());
        double score = Clockwork.timers(group.timing()) ? 0 : (ORDINARY_LATE - late - error) / 0.15;
        return Optional.of(
                Evidence.of(Signal.ONSET_CLUSTERING, life.joinedEarly(), 1 - ORDINARY_LATE, score));
    }
}
