package io.distillwatch.group;

import static io.distillwatch.group.EvidenceTest.evidence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.distillwatch.evidence.Assessor;
import io.distillwatch.evidence.Evidence;
import io.distillwatch.evidence.GroupStatistics;
import io.distillwatch.evidence.Signal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When accounts do something, each for itself and all together. */
class TimingEvidenceTest {

    private static final double HOLDS = Assessor.HOLDS;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void gapsWithoutSessionsSpeakAndSessionsDoNot(long seed) {
        Random random = new Random(seed);

        Evidence queue =
                evidence(Population.queue(random, 60, 24, 1), Signal.SESSIONLESS_GAPS)
                        .orElseThrow();
        Evidence people =
                evidence(Population.people(random, 200, 48, 0.1), Signal.SESSIONLESS_GAPS)
                        .orElseThrow();

        assertThat(queue.value()).isEqualTo(1, within(0.25));
        assertThat(queue.score()).isGreaterThan(HOLDS);
        assertThat(people.value()).isGreaterThan(3); // the least that counts as ordinary
        assertThat(people.score()).isLessThan(HOLDS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void evenLoadAtIrregularTimesSpeaksAndTimersAndPeopleDoNot(long seed) {
        Random random = new Random(seed);

        Evidence queue =
                evidence(Population.queue(random, 60, 24, 1), Signal.DISPATCHED_TIMING)
                        .orElseThrow();
        Evidence timers =
                evidence(Population.timers(random, 60, 24, 37), Signal.DISPATCHED_TIMING)
                        .orElseThrow();
        Evidence hourly =
                evidence(Population.onceAnHour(random, 60, 24), Signal.DISPATCHED_TIMING)
                        .orElseThrow();
        Evidence people =
                evidence(Population.people(random, 60, 24, 1), Signal.DISPATCHED_TIMING)
                        .orElseThrow();

        assertThat(queue.score()).isGreaterThan(HOLDS);
        assertThat(queue.value()).isEqualTo(1, within(0.2));
        assertThat(timers.score()).isZero();
        assertThat(hourly.score()).as("any minute, but once in every hour").isZero();
        assertThat(people.score()).isLessThan(HOLDS);
    }

    /** What one hand sends is steadier than what independent accounts do, timers among them. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aSteadyHandSpeaksAndIndependentAccountsDoNot(long seed) {
        Random random = new Random(seed);

        Evidence hand =
                evidence(Population.roundRobin(random, 60, 2_000), Signal.STEADY_STREAM)
                        .orElseThrow();

        assertThat(hand.value()).isLessThan(0.1);
        assertThat(hand.score()).isGreaterThan(HOLDS);
        for (Population other :
                List.of(
                        Population.timers(random, 60, 24, 37),
                        Population.timers(random, 60, 24, 60),
                        Population.queue(random, 60, 24, 1),
                        Population.people(random, 60, 24, 1))) {
            Evidence independent = evidence(other, Signal.STEADY_STREAM).orElseThrow();
            assertThat(independent.value()).isGreaterThan(0.5);
            assertThat(independent.score()).isLessThan(HOLDS);
        }
    }

    /** Dealt out in turn, each account has equal gaps like a timer: together they tell. */
    @Test
    void aQueueDealtOutInTurnIsNoTimer() {
        Evidence inTurn =
                evidence(Population.inTurn(new Random(1), 60, 24, 3_456), Signal.DISPATCHED_TIMING)
                        .orElseThrow();

        assertThat(inTurn.value()).isLessThan(0.05);
        assertThat(inTurn.score()).isGreaterThan(HOLDS);
    }

    /** Of hourly timers some come out steady by five minutes; their minutes give them away. */
    @Test
    void timersWhosePhasesFallEvenlyAreStillTimers() {
        int steady = 0;
        for (long seed = 1; seed <= 400; seed++) {
            GroupStatistics fleet = Population.timers(new Random(seed), 150, 4, 60).atTheEnd(0);

            steady += fleet.timing().dispersion() < 0.25 ? 1 : 0;
            assertThat(evidence(fleet, Signal.STEADY_STREAM).orElseThrow().score())
                    .as("seed %d", seed)
                    .isLessThan(HOLDS);
            assertThat(evidence(fleet, Signal.DISPATCHED_TIMING).orElseThrow().score()).isZero();
        }
        assertThat(steady).as("fleets that are steady by five minutes").isPositive();
    }

    /** Each gap by the one before: timers, a shuffled round, and accounts without a rhythm. */
    @Test
    void onlyTimersRepeatTheirGaps() {
        Random random = new Random(5);

        assertThat(regularGaps(Population.timers(random, 40, 24, 37))).isGreaterThan(0.95);
        assertThat(regularGaps(Population.onceAnHour(random, 40, 48))).isCloseTo(0.2, within(0.03));
        assertThat(regularGaps(Population.queue(random, 40, 48, 2))).isCloseTo(0.1, within(0.03));
    }

    private static double regularGaps(Population accounts) {
        return accounts.statistics().timing().regularGaps();
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 30, 60, 240})
    void timersSetToTheClockAreNoQueue(int minutes) {
        Evidence timers =
                evidence(
                                Population.timers(new Random(minutes), 60, 24, minutes),
                                Signal.SESSIONLESS_GAPS)
                        .orElseThrow();

        assertThat(timers.score()).isZero();
    }

    /** Of whom hardly anybody does anything, each five minutes look alike: empty, most of them. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.2, 0.5})
    void accountsThatSeldomComeAreNoSteadyHand(double perHour) {
        Evidence seldom =
                evidence(Population.queue(new Random(3), 24, 96, perHour), Signal.STEADY_STREAM)
                        .orElseThrow();

        assertThat(seldom.value()).isEqualTo(1, within(0.3));
        assertThat(seldom.score()).isLessThan(HOLDS);
    }
}
