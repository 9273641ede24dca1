package io.distillwatch.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.distillwatch.evidence.Assessor;
import io.distillwatch.evidence.Baseline;
import io.distillwatch.evidence.Evidence;
import io.distillwatch.evidence.GroupStatistics;
import io.distillwatch.evidence.GroupStatisticsCodec;
import io.distillwatch.evidence.Signal;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.testing.Bytes;
import io.distillwatch.testing.Samples;
import java.util.DoubleSummaryStatistics;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statistics that say something only beside what ordinary accounts do at the same time. */
class EvidenceAgainstOrdinaryTest {

    private static final double HOLDS = Assessor.HOLDS;
    private static final int GROUPS = 5;
    /* Kinds are known from a sample of 512: three standard errors of that, in the correction. */
    private static final double KINDS = 3 / Math.sqrt(512) * 0.72 / 10;
    private static final long RELEASE = Population.START + 24 * Population.HOUR;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aGroupThatMovesToANewModelTogetherSpeaks(long seed) {
        Random random = new Random(seed);
        Baseline ordinary = ordinary(random, 48, adopting(random, 0.1));
        Population queue = Population.queue(random, 60, 48, 1);

        Evidence moved = pivot(queue.each(adopting(random, 0.8)), ordinary).orElseThrow();
        Evidence asAll = pivot(queue.each(adopting(random, 0.1)), ordinary).orElseThrow();
        Evidence stayed = pivot(queue.each(adopting(random, 0)), ordinary).orElse(null);

        assertThat(moved.score()).as("adds, but an app's vendor moves too").isBetween(0.4, HOLDS);
        assertThat(moved.value()).isEqualTo(0.8, within(0.1));
        assertThat(moved.expected()).isEqualTo(0.1, within(0.06));
        assertThat(asAll.score()).isZero();
        assertThat(stayed).as("never used it").isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aModelThatIsNotNewToAllIsNoPivot(long seed) {
        Random random = new Random(seed);
        Population moved = Population.queue(random, 60, 48, 1).each(adopting(random, 0.8));
        Baseline always = ordinary(random, 48, e -> s -> s.by(chance(random, 0.1, "new", "old")));
        Baseline never = ordinary(random, 48, e -> s -> s.by("old"));
        Baseline nothing = ordinary(random, 48, e -> s -> s);
        Baseline adopting = ordinary(random, 48, adopting(random, 0.1));

        assertThat(pivot(moved, always)).as("ordinary from the beginning").isEmpty();
        assertThat(pivot(moved, never)).as("somebody's own").isEmpty();
        assertThat(pivot(moved, nothing)).as("no models are known").isEmpty();
        assertThat(pivot(moved, new Baseline())).as("nothing is ordinary yet").isEmpty();
        assertThat(pivot(moved, adopting)).as("the same group beside a release").isPresent();
        assertThat(pivot(moved.only(e -> e.eventTime() > RELEASE), adopting))
                .as("as young as the model: has not moved")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aModelIsNewForAWeek(long seed) {
        Random random = new Random(seed);
        long day = 24 * Population.HOUR;
        // A few exchanges a day, or ten days take too long.
        Baseline ordinary = ordinary(random, 240, 0.05, adopting(random, 0.1));
        Population group = Population.queue(random, 60, 240, 0.1).each(adopting(random, 0.8));

        assertThat(pivot(group.only(e -> e.eventTime() < RELEASE + 6 * day), ordinary)).isPresent();
        assertThat(pivot(group, ordinary)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aQueueHasNoNights(long seed) {
        Random random = new Random(seed);
        Baseline ordinary = new Baseline();
        for (int group = 0; group < GROUPS; group++) {
            ordinary.update(byDay(Population.people(random, 60, 48, 1)).atTheEnd(group));
        }

        assertThat(rhythm(Population.queue(random, 60, 48, 1), ordinary)).isGreaterThan(HOLDS);
        assertThat(rhythm(byDay(Population.queue(random, 60, 48, 1)), ordinary)).isLessThan(HOLDS);
    }

    private static Population byDay(Population population) {
        return population.only(
                e -> ((e.eventTime() - Population.START) / Population.HOUR + 8) % 24 < 16);
    }

    private static double rhythm(Population population, Baseline ordinary) {
        return evidence(population, Signal.FLAT_RHYTHM, ordinary).orElseThrow().score();
    }

    private static Optional<Evidence> pivot(Population population, Baseline ordinary) {
        return evidence(population, Signal.MODEL_PIVOT, ordinary);
    }

    private static Function<Exchange, UnaryOperator<Samples>> adopting(
            Random random, double share) {
        return e ->
                s -> s.by(e.eventTime() < RELEASE ? "old" : chance(random, share, "new", "old"));
    }

    private static String chance(Random random, double share, String one, String other) {
        return random.nextDouble() < share ? one : other;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aTemplateThatIsFilledFromAQueueIsNarrowAndWide(long seed) {
        Random random = new Random(seed);
        Baseline ordinary = ordinary(random, 24, e -> s -> s.inFamily(Population.number(e) % 40));
        Population queue = Population.queue(random, 60, 24, 1);
        Population people = Population.people(random, 60, 24, 4);

        Evidence filled = entropy(queue, ordinary).orElseThrow();
        Evidence few =
                entropy(queue.all(s -> s.inFamily(random.nextInt(4))), ordinary).orElseThrow();
        Evidence popular = entropy(people, ordinary).orElseThrow();
        Evidence anything =
                entropy(queue.all(s -> s.inFamily(random.nextLong())), ordinary).orElseThrow();

        assertThat(filled.value()).isEqualTo(1, within(KINDS));
        assertThat(filled.score()).isGreaterThan(0.4).isLessThan(HOLDS);
        assertThat(few.value()).as("two bits of eleven are in the head").isBetween(0.75, 0.85);
        assertThat(few.score()).isPositive();
        assertThat(popular.value()).isLessThan(0.8);
        assertThat(popular.score()).isLessThan(few.score());
        assertThat(anything.value()).isEqualTo(0, within(KINDS));
        assertThat(anything.score()).isZero();
    }

    @Test
    void whatIsOpenDoesNotDependOnHowMuchWasSeen() {
        Random random = new Random(7);
        Population large = Population.queue(random, 60, 40, 2);

        for (double share : new double[] {0.02, 0.1, 1}) {
            Population sample = large.only(e -> random.nextDouble() < share);
            assertThat(entropy(sample, new Baseline()).orElseThrow().value())
                    .as("of %s exchanges", sample.size())
                    .isEqualTo(1, within(KINDS));
        }
        assertThat(entropy(Population.queue(random, 8, 5, 1), new Baseline()))
                .as("forty exchanges are too few")
                .isEmpty();
    }

    private static Optional<Evidence> entropy(Population population, Baseline ordinary) {
        return evidence(population, Signal.CONTENT_ENTROPY, ordinary);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void oneQuestionAndOneAnswerAddsButNeverHoldsByItself(long seed) {
        Random random = new Random(seed);
        Baseline ordinary = ordinary(random, 24, e -> s -> conversing(s, random));
        Population queue = Population.queue(random, 60, 24, 1);

        Evidence pinned =
                shape(queue.all(s -> s.shaped(80, 900 + random.nextInt(100), 0)), ordinary)
                        .orElseThrow();
        Evidence chatty =
                shape(queue.all(s -> s.shaped(80, 900 + random.nextInt(100), 3)), ordinary)
                        .orElse(null);
        Evidence wide =
                shape(queue.all(s -> s.shaped(80, length(random), 0)), ordinary).orElseThrow();
        Evidence asAll = shape(queue.all(s -> conversing(s, random)), ordinary).orElseThrow();

        assertThat(pinned.value()).isEqualTo(1);
        assertThat(pinned.score()).isGreaterThan(0.4).isLessThan(HOLDS);
        assertThat(chatty).as("no single turns").isNull();
        assertThat(asAll.score()).isLessThan(0.1);
        assertThat(wide.value()).isBetween(asAll.value(), pinned.value() / 2);
        assertThat(shape(queue, ordinary)).as("no lengths are known").isEmpty();
    }

    private static Optional<Evidence> shape(Population population, Baseline ordinary) {
        return evidence(population, Signal.SESSION_SHAPE, ordinary);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void lengthsUnlikeThoseOfAllAddButNeverHoldByThemselves(long seed) {
        Random random = new Random(seed);
        Baseline ordinary = ordinary(random, 24, usual(random));
        Population queue = Population.queue(random, 60, 24, 1);

        Evidence unlike =
                shift(queue.all(s -> s.shaped(600, 3000 + random.nextInt(900), 0)), ordinary)
                        .orElseThrow();
        Evidence alike = shift(queue.each(usual(random)), ordinary).orElseThrow();

        assertThat(unlike.value()).isGreaterThan(0.5);
        assertThat(unlike.score()).isGreaterThan(0.4).isLessThan(HOLDS);
        assertThat(alike.value()).isLessThan(2 * alike.expected());
        assertThat(alike.score()).isZero();
        assertThat(shift(queue, new Baseline())).as("nothing is ordinary yet").isEmpty();
        assertThat(shift(Population.queue(random, 10, 24, 1), ordinary))
                .as("ten accounts are too few")
                .isEmpty();
    }

    /** The fewer accounts, the more their lengths differ from all by chance: that is expected. */
    @ParameterizedTest
    @ValueSource(ints = {16, 30, 80})
    void smallRandomGroupsDifferAsMuchAsExpected(int accounts) {
        Random random = new Random(accounts);
        Baseline ordinary = ordinary(random, 12, usual(random));
        DoubleSummaryStatistics values = new DoubleSummaryStatistics();
        DoubleSummaryStatistics expected = new DoubleSummaryStatistics();
        for (int i = 0; i < 20; i++) {
            Population group = Population.queue(random, accounts, 12, 1).each(usual(random));
            Evidence evidence =
                    find(group.atTheEnd(9), Signal.DISTRIBUTION_SHIFT, ordinary).orElseThrow();
            assertThat(evidence.score()).isZero();
            values.accept(evidence.value());
            expected.accept(evidence.expected());
        }

        assertThat(values.getAverage())
                .isBetween(expected.getAverage() / 2, expected.getAverage() * 2);
    }

    private static Optional<Evidence> shift(Population population, Baseline ordinary) {
        return evidence(population, Signal.DISTRIBUTION_SHIFT, ordinary);
    }

    /** Each account has its own usual lengths, and half of them converse. */
    private static Function<Exchange, UnaryOperator<Samples>> usual(Random random) {
        return e -> {
            Random own = new Random(e.accountId().hashCode() * 31L + random.nextInt(4));
            int prompt = (int) Math.exp(4 + own.nextGaussian());
            long output = 1 + (long) Math.exp(5.5 + own.nextGaussian());
            return s -> s.shaped(prompt, output, own.nextInt(2));
        };
    }

    private static Samples conversing(Samples sample, Random random) {
        return sample.shaped(40 + random.nextInt(100), length(random), random.nextInt(3));
    }

    private static long length(Random random) {
        return 1 + (long) Math.exp(5.5 + random.nextGaussian());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void accountsThatStopAndStartTogetherSpeak(long seed) {
        Random random = new Random(seed);
        Baseline ordinary = ordinary(random, 24, 4, e -> s -> s);

        Evidence shifts =
                together(Population.queueInShifts(random, 60, 24, 2, 3, false), ordinary)
                        .orElseThrow();
        Evidence relieved =
                together(Population.queueInShifts(random, 60, 24, 2, 3, true), ordinary)
                        .orElseThrow();
        Evidence always = together(Population.queue(random, 60, 24, 2), ordinary).orElseThrow();

        assertThat(shifts.value()).isEqualTo(3.0 / 7, within(0.08));
        assertThat(shifts.expected()).isZero();
        assertThat(shifts.score()).as("adds to a case, makes none").isEqualTo(0.45);
        assertThat(relieved.score()).as("others come back").isZero();
        assertThat(always.value()).isZero();
        assertThat(always.score()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void oneSilenceIsAnOutageAndOfficesGoHomeByAndBy(long seed) {
        Random random = new Random(seed);
        Baseline ordinary = ordinary(random, 24, 4, e -> s -> s);
        Population queue = Population.queue(random, 60, 24, 4);

        Evidence outage =
                together(queue.only(e -> hour(e) < 8 || hour(e) > 14), ordinary).orElseThrow();
        Evidence office =
                together(queue.only(e -> random.nextDouble() < daylight(hour(e))), ordinary)
                        .orElseThrow();

        assertThat(outage.value()).isPositive();
        assertThat(outage.score()).isPositive().isLessThan(HOLDS);
        assertThat(office.score()).isZero();
        assertThat(together(queue.only(e -> random.nextDouble() < 0.05), ordinary))
                .as("too little goes on to expect anything")
                .isEmpty();
        assertThat(together(queue, new Baseline())).as("nothing is ordinary yet").isEmpty();
    }

    /** When everybody sleeps, so may the group. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aSilenceOfAllIsNobodysOwn(long seed) {
        Random random = new Random(seed);
        Baseline asleep = new Baseline();
        for (int group = 0; group < GROUPS; group++) {
            asleep.update(
                    Population.people(random, 60, 24, 4)
                            .only(e -> (int) hour(e) / 3 % 2 == 0)
                            .atTheEnd(group));
        }

        Evidence shifts =
                together(Population.queueInShifts(random, 60, 24, 2, 3, false), asleep)
                        .orElseThrow();

        assertThat(shifts.value()).isZero();
    }

    private static Optional<Evidence> together(Population population, Baseline ordinary) {
        return evidence(population, Signal.CO_ACTIVATION, ordinary);
    }

    private static double hour(Exchange exchange) {
        return (exchange.eventTime() - Population.START) / (double) Population.HOUR;
    }

    /** Two working days of twelve hours: nobody in between, most in the middle. */
    private static double daylight(double hour) {
        double phase = hour % 12;
        return phase > 8 ? 0 : Math.pow(Math.sin(Math.PI * phase / 8), 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void statisticsComeBackFromTheirBytes(long seed) {
        Random random = new Random(seed);
        GroupStatistics statistics =
                Population.queueInShifts(random, 60, 48, 2, 3, false)
                        .each(adopting(random, 0.5))
                        .all(s -> conversing(s, random).inFamily(random.nextInt(9)))
                        .statistics();
        GroupStatisticsCodec codec = new GroupStatisticsCodec();

        GroupStatistics copy = Bytes.copy(codec, statistics);

        assertThat(copy.models().ids()).hasSize(2).isEqualTo(statistics.models().ids());
        assertThat(copy.models().firstSeen()).isEqualTo(statistics.models().firstSeen());
        assertThat(copy.models().recent()).isEqualTo(statistics.models().recent());
        assertThat(copy.lengths().cells()).isEqualTo(statistics.lengths().cells());
        assertThat(copy.skeleton()).isEqualTo(statistics.skeleton());
        assertThat(copy.returns()).isEqualTo(statistics.returns());
        assertThat(copy.returns().accounts()).isPositive();
    }

    private static Baseline ordinary(
            Random random, int hours, Function<Exchange, UnaryOperator<Samples>> change) {
        return ordinary(random, hours, 1, change);
    }

    /** Several groups of people, the way the job's random groups are. */
    private static Baseline ordinary(
            Random random,
            int hours,
            double perHour,
            Function<Exchange, UnaryOperator<Samples>> change) {
        Baseline baseline = new Baseline();
        for (int group = 0; group < GROUPS; group++) {
            baseline.update(
                    Population.people(random, 60, hours, perHour).each(change).atTheEnd(group));
        }
        return baseline;
    }

    private static Optional<Evidence> evidence(
            Population population, Signal signal, Baseline ordinary) {
        return find(population.statistics(), signal, ordinary);
    }

    private static Optional<Evidence> find(
            GroupStatistics statistics, Signal signal, Baseline ordinary) {
        return Assessor.assess(statistics, ordinary, DetectionPolicy.defaults()).evidence().stream()
                .filter(evidence -> evidence.signal() == signal)
                .findFirst();
    }
}
