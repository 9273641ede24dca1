package io.distillwatch.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.evidence.Assessor;
import io.distillwatch.evidence.Baseline;
import io.distillwatch.policy.DetectionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A few people come upon the words of every app. */
class StraysTest {

    private static final DetectionPolicy LENIENT =
            new DetectionPolicy(null, 0.0, null, null, null, 2, null, null, null, null);
    private static final long DAY = 86_400_000;

    /** Ordinary groups of 120 accounts, 24 hours or more. */
    private enum Ordinary {
        DEVICES(random -> opened(Population.timers(random, 120, 24, 37), 0, 120)),
        DEVICES_BY_THE_HOUR(random -> opened(Population.timers(random, 120, 24, 60), 0, 120)),
        DEVICES_THAT_SELDOM_CALL(random -> opened(Population.timers(random, 120, 48, 250), 0, 120)),
        REMINDERS(random -> opened(Population.reminded(random, 120, 2), 0, 120)),
        DIGEST(random -> opened(Population.threeTimesADay(random, 120, 3), 0, 120)),
        BRANCHES(random -> opened(Population.queue(random, 120, 24, 1), 1, 120)),
        BRANCHES_ON_TWO_CARDS(random -> opened(Population.queue(random, 120, 24, 1), 2, 120)),
        OFFICE(random -> opened(Population.queue(random, 120, 24, 1), 0, 1)),
        CALL_CENTRE(random -> opened(Population.callCentre(random, 120, 42, 2), 1, 8)),
        TENANTS(random -> opened(Population.webhooks(random, 120, 46, 1, 0.5), 1, 5)),
        WEBHOOKS(random -> opened(Population.webhooks(random, 120, 46, 1, 0.6), 0, 5)),
        HOURLY_GRADING(
                random ->
                        opened(Population.timers(random, 120, 24, 60), 0, 5).all(s -> s.cueing(2))),
        REMINDERS_TO_EXPLAIN(
                random ->
                        opened(Population.reminded(random, 300, 2), 0, 300).all(s -> s.cueing(1))),
        DIGEST_WITH_REASONS(
                random ->
                        opened(Population.threeTimesADay(random, 120, 3), 0, 120)
                                .all(s -> s.cueing(1))),
        TENANTS_THAT_GRADE(
                random ->
                        opened(Population.webhooks(random, 120, 46, 1, 0.5), 1, 5)
                                .all(s -> s.cueing(2))),
        WEBHOOKS_THAT_GRADE(
                random ->
                        opened(Population.webhooks(random, 120, 46, 1, 0.6), 0, 5)
                                .all(s -> s.cueing(2))),
        ONE_ORGANIZATION(
                random ->
                        opened(Population.queue(random, 120, 24, 1), 6, 40)
                                .all(s -> s.ofOrganization("org-1").cueing(1)));

        private final Function<Random, Population> accounts;

        Ordinary(Function<Random, Population> accounts) {
            this.accounts = accounts;
        }
    }

    static List<Arguments> groups() {
        List<Arguments> all = new ArrayList<>();
        for (Ordinary group : Ordinary.values()) {
            for (int strays : new int[] {0, 6, 12, 18}) {
                for (long seed = 1; seed <= 3; seed++) {
                    all.add(Arguments.of(group, strays, seed));
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("groups")
    void doNotMakeACampaign(Ordinary group, int strays, long seed) {
        Random random = new Random(seed);
        Population all = group.accounts.apply(random).and(strays(random, strays));

        assertThat(Assessor.assess(all.statistics(), new Baseline(), LENIENT).flagged()).isFalse();
    }

    /* Opened together, on so many payments, 0 for none known, at so many places. */
    private static Population opened(Population accounts, int payments, int places) {
        return accounts.each(
                e -> {
                    int account = Population.number(e);
                    return s ->
                            s.with(
                                            0,
                                            payments == 0 ? 0 : 1 + account % payments,
                                            Population.START - DAY * (1 + account % 5))
                                    .from("10.0." + account % places + ".0/24");
                });
    }

    /* Each for a session or two, for itself, with an account it had for long. */
    private static Population strays(Random random, int accounts) {
        return Population.people(random, accounts, 24, 0.1)
                .each(
                        e -> {
                            int account = Population.number(e);
                            return s ->
                                    s.of("stray-" + account)
                                            .with(
                                                    0,
                                                    1_000 + account,
                                                    Population.START - DAY * (30 + account % 700))
                                            .from("10.9." + account % 250 + ".0/24");
                        });
    }
}
