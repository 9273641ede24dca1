package io.distillwatch.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.distillwatch.evidence.Assessor;
import io.distillwatch.evidence.Baseline;
import io.distillwatch.evidence.Evidence;
import io.distillwatch.evidence.GroupStatistics;
import io.distillwatch.evidence.GroupStatisticsCodec;
import io.distillwatch.evidence.Signal;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.testing.Bytes;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each statistic on populations of which is known what they are. */
class EvidenceTest {

    private static final double HOLDS = Assessor.HOLDS;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void evenLoadsSpeakAndHeavyTailsDoNot(long seed) {
        Random random = new Random(seed);

        Evidence queue =
                evidence(Population.queue(random, 60, 24, 1), Signal.LOAD_EVENNESS).orElseThrow();
        Evidence people =
                evidence(Population.people(random, 60, 24, 1), Signal.LOAD_EVENNESS).orElseThrow();

        assertThat(queue.score()).isGreaterThan(HOLDS);
        assertThat(queue.value()).isEqualTo(0, within(0.1));
        assertThat(people.score()).isLessThan(0.3);
        assertThat(people.value()).isGreaterThan(0.5);
    }

    @Test
    void twoBusyAccountsAmongPassersByAreNoEvenLoad() {
        Population twoBusy = Population.busyAmongPassersBy(new Random(1), 2, 9, 6, 5);

        assertThat(evidence(twoBusy, Signal.LOAD_EVENNESS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aQueueDealtOnceSpeaksAndPopularQuestionsDoNot(long seed) {
        Random random = new Random(seed);

        Evidence once =
                evidence(Population.queue(random, 60, 24, 1), Signal.WORK_PARTITION).orElseThrow();
        Evidence zipf =
                evidence(Population.people(random, 60, 24, 1), Signal.WORK_PARTITION).orElseThrow();

        assertThat(once.value()).isEqualTo(1);
        assertThat(once.score()).isEqualTo(1);
        assertThat(zipf.value()).isLessThan(0.9);
        assertThat(zipf.score()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aQueueSpeaksHoweverItsPromptsEnd(long seed) {
        Random random = new Random(seed);
        Population queue = Population.queue(random, 60, 24, 1);
        Population small = Population.queue(random, 20, 24, 1);

        assertThat(partition(queue.all(s -> s.ending(random.nextInt(100), random.nextInt()))))
                .as("multiple choice: the last words are alike, half a prompt is not")
                .isEqualTo(1);
        assertThat(partition(small.all(s -> s.ending(random.nextInt(2), random.nextInt(6)))))
                .as("two templates that stand behind the questions")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void popularQuestionsBehindANameAreNotDealtOut(long seed) {
        Random random = new Random(seed);
        Population behindNames =
                Population.queue(random, 60, 24, 1)
                        .all(
                                s -> {
                                    int question = random.nextInt(100);
                                    return s.ending(question, question);
                                });

        assertThat(partition(behindNames)).isZero();
    }

    private static double partition(Population population) {
        return evidence(population, Signal.WORK_PARTITION).orElseThrow().score();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void aQueueDealtAFixedNumberOfTimesSpeaksToo(int copies) {
        Random random = new Random(copies);

        Evidence dealt =
                evidence(
                                Population.queueWithCopies(random, 100, 24, 400, copies),
                                Signal.WORK_PARTITION)
                        .orElseThrow();

        assertThat(dealt.value()).isEqualTo(1.0 / copies, within(0.02));
        assertThat(dealt.score()).isGreaterThan(HOLDS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aTestSetThatEverybodyRunsIsNotDealtOut(long seed) {
        Evidence benchmark =
                evidence(Population.benchmark(new Random(seed), 40, 24, 100), Signal.WORK_PARTITION)
                        .orElseThrow();

        assertThat(benchmark.score()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void conversationsThatGoOnUnderAnotherAccountSpeak(long seed) {
        Random random = new Random(seed);
        Population queue = Population.queue(random, 60, 24, 1);

        Evidence handedOn =
                evidence(queue.all(s -> s.in(1 + random.nextInt(200))), Signal.HAND_OFF)
                        .orElseThrow();
        Evidence kept =
                evidence(
                                queue.each(
                                        e ->
                                                s ->
                                                        s.in(
                                                                Population.number(e) * 8L
                                                                        + random.nextInt(4)
                                                                        + 1)),
                                Signal.HAND_OFF)
                        .orElseThrow();

        assertThat(handedOn.score()).isEqualTo(1);
        assertThat(kept.value()).isZero();
        assertThat(kept.score()).isZero();
        assertThat(evidence(queue, Signal.HAND_OFF)).as("no conversations are known").isEmpty();
    }

    @Test
    void colleaguesInOneThreadHandNothingOn() {
        Random random = new Random(4);
        Population team =
                Population.queue(random, 60, 24, 1)
                        .all(s -> s.ofOrganization("org-1").in(1 + random.nextInt(200)));

        assertThat(evidence(team, Signal.HAND_OFF).orElseThrow().value()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void tasksOfSeveralTurnsAreDealtOutAsEvenlyAsOthers(long seed) {
        Population tasks = Population.queueOfTasks(new Random(seed), 120, 24, 0.1, 6);

        Evidence even = evidence(tasks, Signal.LOAD_EVENNESS).orElseThrow();
        assertThat(even.value()).isEqualTo(0, within(0.15));
        assertThat(even.score()).isGreaterThan(HOLDS);
        assertThat(evidence(tasks.all(s -> s.in(0)), Signal.LOAD_EVENNESS).orElseThrow().value())
                .as("as if each turn were a task")
                .isGreaterThan(0.25);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shiftsThatComeBackAreNotReplaced(long seed) {
        Population agents = Population.callCentre(new Random(seed), 60, 42, 4);
        GroupStatistics.Life life = agents.statistics().life();

        assertThat(life.diedLastDay()).as("the other shift is gone").isGreaterThan(20);
        assertThat(life.cameBack()).as("as this one was").isGreaterThan(20);
        assertThat(evidence(agents, Signal.CONSERVED_UNDER_CHURN).map(Evidence::score).orElse(0.0))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void accountsThatAreReplacedAtTheSameRateSpeak(long seed) {
        Random random = new Random(seed);

        Evidence churning =
                evidence(
                                Population.churningQueue(random, 40, 48, 4, 8),
                                Signal.CONSERVED_UNDER_CHURN)
                        .orElseThrow();

        assertThat(churning.score()).isGreaterThan(HOLDS);
        assertThat(evidence(Population.queue(random, 40, 48, 4), Signal.CONSERVED_UNDER_CHURN))
                .as("nobody goes")
                .isEmpty();
        assertThat(evidence(Population.people(random, 60, 48, 1), Signal.CONSERVED_UNDER_CHURN))
                .as("silence of people means nothing")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void askingForReasoningSpeaksWhenItIsTheRule(long seed) {
        Random random = new Random(seed);
        Population queue = Population.queue(random, 60, 24, 1);

        assertThat(elicitation(queue, random, 0.9).score()).isGreaterThan(HOLDS);
        assertThat(elicitation(queue, random, 0.06).score()).isZero();
        assertThat(elicitation(queue, random, 0.9).value()).isEqualTo(0.9, within(0.05));
    }

    private static Evidence elicitation(Population queue, Random random, double share) {
        return evidence(
                        queue.all(s -> s.cueing(random.nextDouble() < share ? 1 : 0)),
                        Signal.ELICITATION)
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sharedPaymentsSpeak(long seed) {
        Population queue = Population.queue(new Random(seed), 60, 24, 1);

        Evidence shared =
                evidence(
                                queue.each(e -> s -> s.with(0, 1 + Population.number(e) % 6, 0)),
                                Signal.SHARED_PAYMENT)
                        .orElseThrow();
        Evidence own =
                evidence(
                                queue.each(e -> s -> s.with(0, 1 + Population.number(e), 0)),
                                Signal.SHARED_PAYMENT)
                        .orElseThrow();

        assertThat(shared.score()).isGreaterThan(HOLDS);
        assertThat(own.score()).isZero();
        assertThat(evidence(queue, Signal.SHARED_PAYMENT)).as("no payments are known").isEmpty();
        Population companies =
                queue.each(
                        e -> {
                            int company = 1 + Population.number(e) % 6;
                            return s -> s.with(0, company, 0).ofOrganization("org-" + company);
                        });
        assertThat(evidence(companies, Signal.SHARED_PAYMENT).orElseThrow().value())
                .as("each pays for its own")
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aCommonClientAddsButNeverHoldsByItself(long seed) {
        Population queue = Population.queue(new Random(seed), 60, 24, 1);

        Evidence one =
                evidence(queue.all(s -> s.with(77, 0, 0)), Signal.CLIENT_CONCENTRATION)
                        .orElseThrow();

        assertThat(one.value()).isEqualTo(1);
        assertThat(one.score()).isPositive().isLessThan(HOLDS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void crowdedAndRotatingPrefixesSpeak(long seed) {
        Random random = new Random(seed);
        Population queue = Population.queue(random, 60, 24, 1);
        Population crowded =
                queue.each(e -> s -> s.from("10.0." + Population.number(e) % 6 + ".0/24"));
        Population rotating =
                queue.all(
                        s ->
                                s.from(
                                        "10."
                                                + random.nextInt(250)
                                                + "."
                                                + random.nextInt(250)
                                                + ".0/24"));
        Population settled =
                queue.each(
                        e ->
                                s ->
                                        s.from(
                                                "10."
                                                        + Population.number(e) % 250
                                                        + "."
                                                        + Population.number(e) / 250 % 250
                                                        + ".0/24"));

        assertThat(evidence(crowded, Signal.PREFIX_CONCENTRATION).orElseThrow().score())
                .isGreaterThan(HOLDS);
        assertThat(evidence(settled, Signal.PREFIX_CONCENTRATION).map(Evidence::score).orElse(0.0))
                .isLessThan(HOLDS);
        assertThat(evidence(rotating, Signal.PREFIX_ROTATION).orElseThrow().score())
                .isGreaterThan(HOLDS);
        assertThat(evidence(settled, Signal.PREFIX_ROTATION).orElseThrow().score()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everybodyBehindOnePrefixIsACompanyOrACarrier(long seed) {
        Population queue = Population.queue(new Random(seed), 60, 24, 1);

        assertThat(evidence(queue, Signal.PREFIX_CONCENTRATION)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void accountsMadeTogetherSpeakAndThoseOfYearsDoNot(long seed) {
        Random random = new Random(seed);
        Population queue = Population.queue(random, 60, 24, 1);
        long day = 24 * Population.HOUR;
        Population together =
                queue.each(
                        e -> s -> s.with(0, 0, Population.START - Population.number(e) % 5 * day));
        Population overYears =
                queue.each(
                        e ->
                                s ->
                                        s.with(
                                                0,
                                                0,
                                                Population.START
                                                        - (20 + Population.number(e) % 1500)
                                                                * day));

        assertThat(evidence(together, Signal.BIRTH_CLUSTERING).orElseThrow().score())
                .isGreaterThan(HOLDS);
        assertThat(evidence(overYears, Signal.BIRTH_CLUSTERING).orElseThrow().score()).isZero();
        assertThat(evidence(queue, Signal.BIRTH_CLUSTERING)).as("no births are known").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void joiningTogetherSpeaksOnlyOnceTheStreamHasRunForAWhile(long seed) {
        Population queue = Population.queue(new Random(seed), 60, 24, 1);
        GroupStatistics late = queue.statistics(0, Population.START - 48 * Population.HOUR);

        assertThat(evidence(late, Signal.ONSET_CLUSTERING).orElseThrow().score())
                .isGreaterThan(HOLDS);
        assertThat(evidence(queue, Signal.ONSET_CLUSTERING)).isEmpty();
    }

    /** One session each and then silence: that is no account that was replaced. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void peopleWhoComeOnceAreNeitherEvenNorReplaced(long seed) {
        Population visitors = Population.visitors(new Random(seed), 150, 24);

        assertThat(evidence(visitors, Signal.CONSERVED_UNDER_CHURN)).isEmpty();
        assertThat(evidence(visitors, Signal.LOAD_EVENNESS).orElseThrow().score())
                .isLessThan(HOLDS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void statisticsComeBackFromTheirBytes(long seed) {
        GroupStatistics statistics =
                Population.people(new Random(seed), 40, 24, 1)
                        .each(e -> s -> s.with(5, 6, 7).in(8).cueing(3))
                        .statistics();
        GroupStatisticsCodec codec = new GroupStatisticsCodec();

        assertThat(Bytes.of(codec, Bytes.copy(codec, statistics)))
                .isEqualTo(Bytes.of(codec, statistics));
    }

    @Test
    void statisticsOfAVersionThatIsNotKnownAreRefused() {
        assertThatThrownBy(() -> new GroupStatisticsCodec().read(Bytes.reader(new byte[] {77})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 77");
    }

    static Optional<Evidence> evidence(Population population, Signal signal) {
        return evidence(population.statistics(), signal);
    }

    static Optional<Evidence> evidence(GroupStatistics statistics, Signal signal) {
        return Assessor.assess(statistics, new Baseline(), DetectionPolicy.defaults())
                .evidence()
                .stream()
                .filter(evidence -> evidence.signal() == signal)
                .findFirst();
    }
}
