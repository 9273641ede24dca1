package io.distillwatch.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.evidence.Assessment;
import io.distillwatch.evidence.Assessor;
import io.distillwatch.evidence.Baseline;
import io.distillwatch.evidence.Evidence;
import io.distillwatch.evidence.Signal;
import io.distillwatch.exchange.AccountPane;
import io.distillwatch.policy.DetectionPolicy;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What can be told, and what cannot, while a group is looked at pane by pane from its beginning.
 */
class EarlyEvidenceTest {

    private static final double HOLDS = Assessor.HOLDS;
    private static final long FAMILY = 4;

    /** Hardly an account has come back twice, but so few of them that no people would. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aRoundRobinIsToldWhileAccountsHaveOneRepeatEach(long seed) {
        Population roundRobin = Population.roundRobin(new Random(seed), 900, 1400);
        Population people = Population.people(new Random(seed), 900, 3, 0.4);

        assertThat(highest(roundRobin, Signal.LOAD_EVENNESS)).isGreaterThan(HOLDS);
        assertThat(highest(people, Signal.LOAD_EVENNESS)).isLessThan(HOLDS);
    }

    /** However often one looks. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void peopleAreNeverEvenOnTheWay(long seed) {
        Random random = new Random(seed);

        assertThat(highest(Population.people(random, 60, 24, 0.5), Signal.LOAD_EVENNESS))
                .isLessThan(HOLDS);
        assertThat(highest(Population.people(random, 400, 12, 0.1), Signal.LOAD_EVENNESS))
                .isLessThan(HOLDS);
        assertThat(highest(Population.visitors(random, 150, 24), Signal.LOAD_EVENNESS))
                .isLessThan(HOLDS);
    }

    /** A probe, or an empty item, is a body that comes again and again. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void oneBodyThatComesAgainDoesNotHideAQueue(long seed) {
        Random random = new Random(seed);
        Population queue = Population.queue(random, 60, 24, 1);

        assertThat(highest(probed(queue, random, 0.04), Signal.WORK_PARTITION))
                .isGreaterThan(HOLDS);
        assertThat(flagged(probed(queue.all(s -> s.cueing(1)), random, 0.04))).isTrue();
        assertThat(flagged(probed(queue.all(s -> s.cueing(1)), random, 0.3)))
                .as("what so many exchanges carry is what the group is about")
                .isFalse();
    }

    /** Each template has its own empty item. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aProbeInEachOfTwoTemplatesDoesNotHideAQueueEither(long seed) {
        Random random = new Random(seed);
        Population queue = Population.queue(random, 60, 24, 1);

        assertThat(
                        highest(
                                queue.all(
                                        s -> {
                                            double any = random.nextDouble();
                                            return any < 0.04 ? s.asking(any < 0.02 ? 42 : 17) : s;
                                        }),
                                Signal.WORK_PARTITION))
                .isGreaterThan(HOLDS);
    }

    /**
     * Customers of a mail agent that asks for reasoning, whose volumes differ by half as a rule:
     * each look is a chance to take them for a queue, and looks are many. One in a hundred is
     * flagged on the way.
     */
    @Test
    void aServiceThatAsksForReasoningIsHardlyEverFlaggedOnTheWay() {
        long flagged =
                IntStream.rangeClosed(1, 600)
                        .mapToObj(seed -> Population.webhooks(new Random(seed), 150, 6, 0.9, 0.5))
                        .filter(service -> flagged(service.all(s -> s.cueing(1))))
                        .count();
        Population queue = Population.queue(new Random(1), 150, 6, 0.9);

        assertThat(flagged).isLessThanOrEqualTo(6);
        assertThat(flagged(queue.all(s -> s.cueing(1)))).isTrue();
    }

    private static Population probed(Population population, Random random, double share) {
        return population.all(s -> random.nextDouble() < share ? s.asking(42) : s);
    }

    private static double highest(Population population, Signal signal) {
        GroupState state = new GroupState();
        double highest = 0;
        for (List<AccountPane> pane : population.panes()) {
            highest = Math.max(highest, score(take(state, pane), signal));
        }
        return highest;
    }

    private static double score(Assessment assessment, Signal signal) {
        return assessment.evidence().stream()
                .filter(evidence -> evidence.signal() == signal)
                .mapToDouble(Evidence::score)
                .findFirst()
                .orElse(0);
    }

    private static boolean flagged(Population population) {
        GroupState state = new GroupState();
        boolean flagged = false;
        for (List<AccountPane> pane : population.panes()) {
            flagged |= take(state, pane).flagged();
        }
        return flagged;
    }

    private static Assessment take(GroupState state, List<AccountPane> pane) {
        state.add(pane, 65_536);
        return Assessor.assess(
                state.statistics(FAMILY, pane.get(0).paneEnd(), Population.START),
                new Baseline(),
                DetectionPolicy.defaults());
    }
}
