package io.distillwatch.evidence;

import java.util.ArrayList;
import java.util.List;

/**
 * Births: were the accounts made together, and did they join together? Organic sign-ups spread over
 * years, and an app gains its users over weeks.
 */
final class BirthClustering implements Statistic {

    /* A stream must have run this long before "nobody of them was here earlier" means anything. */
    private static final double WARM_UP_HOURS = 12;

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
        GroupStatistics.Life life = group.life();
        double lived = (group.at() - group.firstSeen()) / 3.6e6;
        if (life.ageHours() > WARM_UP_HOURS && lived >= 18) {
            double expected = 0.5;
            double score = (life.joinedEarly() - 0.7) / 0.25;
            found.add(Evidence.of(Signal.ONSET_CLUSTERING, life.joinedEarly(), expected, score));
        }
        return found;
    }
}
