package io.distillwatch.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.evidence.Assessment;
import io.distillwatch.evidence.Assessor;
import io.distillwatch.evidence.Axis;
import io.distillwatch.evidence.Baseline;
import io.distillwatch.evidence.Evidence;
import io.distillwatch.evidence.GroupStatistics;
import io.distillwatch.evidence.Signal;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.family.Cohort;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.testing.Samples;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which evidence together makes a campaign, and which never does. */
class AssessorTest {

    private static final DetectionPolicy DEFAULTS = DetectionPolicy.defaults();

    /* As lenient as a policy can be: whatever still is not flagged is not for the policy to say. */
    private static final DetectionPolicy LENIENT =
            new DetectionPolicy(null, 0.0, null, null, null, 2, null, null, null, null);

    /* For itself. */
    private static final Function<Exchange, UnaryOperator<Samples>> EVERY_TENTH_PAYS =
            e -> s -> account(e) % 10 > 0 ? s : s.with(0, 100 + account(e), e.accountCreatedAt());

    private static final Function<Exchange, UnaryOperator<Samples>> TWO_OF_THREE_PAY =
            e ->
                    s ->
                            account(e) / 6 % 3 == 0
                                    ? s
                                    : s.with(0, 100 + account(e), e.accountCreatedAt());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aQueueThatHarvestsReasoningIsFlagged(long seed) {
        Assessment campaign = assess(harvest(seed), DEFAULTS);

        assertThat(campaign.flagged()).isTrue();
        assertThat(campaign.axes()).contains(Axis.WORK, Axis.LOAD, Axis.TIME, Axis.INTENT);
        assertThat(campaign.score()).isGreaterThan(0.5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void workLoadAndTimeAloneNeverFlag(long seed) {
        Assessment scheduled = assess(Population.queue(new Random(seed), 60, 24, 1), LENIENT);

        assertThat(scheduled.axes()).containsExactlyInAnyOrder(Axis.WORK, Axis.LOAD, Axis.TIME);
        assertThat(scheduled.flagged()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void oneOrganizationIsNeverACampaign(long seed) {
        Population campaign = harvest(seed);

        assertThat(assess(campaign.all(s -> s.ofOrganization("org-1")), LENIENT).flagged())
                .isFalse();
        assertThat(
                        assess(
                                        campaign.each(
                                                e -> s -> s.ofOrganization("org-" + e.accountId())),
                                        DEFAULTS)
                                .flagged())
                .as("every account its own")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aGroupThatRepeatsItselfIsNeverACampaign(long seed) {
        Random random = new Random(seed);
        Population repeating = harvest(seed).all(s -> s.asking(Population.question(random)));

        assertThat(assess(repeating, LENIENT).flagged()).isFalse();
    }

    /** However alike: of one or two bodies there are no favourites among others. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aViralPromptIsNeverACampaign(int bodies) {
        Random random = new Random(bodies);
        Population viral = harvest(6).all(s -> s.asking(1 + random.nextInt(bodies)));

        assertThat(assess(viral, LENIENT).axes()).contains(Axis.LOAD, Axis.TIME, Axis.INTENT);
        assertThat(assess(viral, LENIENT).flagged()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aTestSetThatEverybodyRunsIsNeverACampaign(long seed) {
        Population benchmark =
                Population.benchmark(new Random(seed), 15, 48, 400)
                        .all(s -> s.cueing(1))
                        .each(e -> s -> s.with(9, 1 + Population.number(e) % 3, 0));

        assertThat(assess(benchmark, LENIENT).axes()).contains(Axis.LOAD, Axis.INTENT);
        assertThat(assess(benchmark, LENIENT).flagged()).isFalse();
    }

    /** The accounts were picked for steady timing: it proves nothing, and nights were not seen. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatFlagsAFamilyDoesNotFlagACohort(long seed) {
        Population campaign =
                harvest(seed).each(e -> s -> s.with(9, 1 + Population.number(e) % 6, 0));
        long family = 4;
        long cohort = Cohort.client(Samples.sample(1, "acct", 1).with(9, 0, 0).exchange());

        assertThat(assess(campaign.statistics(family, Population.START), LENIENT).flagged())
                .isTrue();
        assertThat(assess(campaign.statistics(cohort, Population.START), LENIENT).flagged())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void peopleWhoAskForReasoningAreNoCampaign(long seed) {
        Population people = Population.people(new Random(seed), 60, 24, 1).all(s -> s.cueing(1));

        assertThat(assess(people, LENIENT).flagged()).isFalse();
    }

    /** Loads and sessions are those of people: it is who pays, and where, that tells. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whoImitatesPeopleIsFlaggedWhereOneHandPays(long seed) {
        Random bodies = new Random(seed);
        isFlaggedOnlyWhereOneHandPays(
                Population.people(new Random(seed), 60, 24, 3)
                        .all(s -> s.cueing(1).asking(bodies.nextLong())),
                Axis.LOAD,
                Axis.TIME);
    }

    /** Nothing in the texts asks for reasoning, and the loads are those of people. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anUnevenQueueIsFlaggedWhereOneHandPays(long seed) {
        isFlaggedOnlyWhereOneHandPays(
                Population.unevenQueue(new Random(seed), 60, 24, 3), Axis.LOAD, Axis.INTENT);
    }

    /** A turn of phrase of several services' grading: each pays for its own, most are nobody's. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whoSharesWordsWithServicesIsNotPaidForByThem(long seed) {
        Population queue =
                Population.unevenQueue(new Random(seed), 120, 24, 3).all(s -> s.cueing(2));

        assertThat(assess(opened(queue, 6, 40, 700), LENIENT).flagged()).isTrue();
        assertThat(assess(opened(queue, 6, 40, 700).each(TWO_OF_THREE_PAY), LENIENT).axes())
                .contains(Axis.WORK, Axis.TIME, Axis.INTENT, Axis.INFRASTRUCTURE);
        assertThat(assess(opened(queue, 6, 40, 700).each(TWO_OF_THREE_PAY), LENIENT).flagged())
                .isFalse();
    }

    private static void isFlaggedOnlyWhereOneHandPays(Population accounts, Axis... silent) {
        Assessment campaign = assess(opened(accounts, 6, 40, 2), DEFAULTS);

        assertThat(campaign.axes()).doesNotContain(silent);
        assertThat(campaign.flagged()).isTrue();
        assertThat(assess(opened(accounts, 60, 40, 2), LENIENT).flagged())
                .as("each account pays for itself")
                .isFalse();
        assertThat(assess(opened(accounts, 1, 40, 2), LENIENT).flagged())
                .as("a company pays for all")
                .isFalse();
        assertThat(assess(opened(accounts, 6, 1, 2), LENIENT).flagged())
                .as("all are in one place")
                .isFalse();
        assertThat(assess(opened(accounts, 6, 40, 700), LENIENT).flagged())
                .as("they signed up when they liked")
                .isFalse();
        assertThat(assess(opened(accounts, 6, 40, 2).each(EVERY_TENTH_PAYS), LENIENT).flagged())
                .as("others have come among them")
                .isFalse();
    }

    /**
     * The same accounts, opened for a purpose.
     *
     * @param days over which they signed up
     */
    private static Population opened(Population accounts, int payments, int prefixes, int days) {
        return accounts.each(
                e -> {
                    int account = account(e);
                    long daysBefore = 1 + account * 7L % days;
                    return s ->
                            s.with(
                                            0,
                                            1 + account % payments,
                                            Population.START - 86_400_000L * daysBefore)
                                    .from("10.0." + account % prefixes + ".0/24");
                });
    }

    private static int account(Exchange exchange) {
        return Integer.parseInt(exchange.accountId().substring("acct-".length()));
    }

    /** One thing that all of them have is opened together, and it is what they are sold for. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void devicesThatWereSoldInOneWeekAreNoCampaign(long seed) {
        Population devices = opened(Population.timers(new Random(seed), 60, 24, 37), 60, 40, 2);
        Population queue = opened(Population.queue(new Random(seed), 60, 24, 1), 60, 40, 2);

        assertThat(assess(devices, LENIENT).axes()).contains(Axis.WORK, Axis.LOAD, Axis.BIRTH);
        assertThat(assess(devices, LENIENT).flagged()).isFalse();
        assertThat(assess(queue, DEFAULTS).flagged()).as("irregular and even").isTrue();
    }

    /** An app that is new, as its users are: whom a clock calls together nobody deals work to. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void remindersThatEverybodyGetsAreNoQueue(long seed) {
        Population users = opened(Population.reminded(new Random(seed), 160, 2), 160, 40, 2);

        assertThat(assess(users, LENIENT).axes())
                .contains(Axis.WORK, Axis.LOAD, Axis.TIME, Axis.BIRTH);
        assertThat(assess(users, LENIENT).flagged()).isFalse();
    }

    /** Branches, students, customers: all new, and one bill for all of them. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whoPaysForAllByOneCardIsACustomer(long seed) {
        Population branches = Population.queue(new Random(seed), 60, 24, 1);

        assertThat(assess(opened(branches, 1, 40, 2), LENIENT).axes())
                .contains(Axis.LOAD, Axis.INFRASTRUCTURE, Axis.BIRTH);
        assertThat(assess(opened(branches, 1, 40, 2), LENIENT).flagged()).isFalse();
        assertThat(assess(opened(branches, 1, 40, 2).each(EVERY_TENTH_PAYS), LENIENT).flagged())
                .as("others have come among them")
                .isFalse();
        assertThat(assess(opened(branches, 6, 40, 2), DEFAULTS).flagged()).isTrue();
    }

    /**
     * Among hundreds of accounts there are some that came upon its words, and some of these share.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void straysWhoPayTogetherDoNotMakeACustomerSeveral(int cards) {
        Population branches = opened(Population.queue(new Random(cards), 120, 24, 1), cards, 40, 2);

        assertThat(assess(branches.each(e -> payingInPairs(e, 8)), LENIENT).axes())
                .contains(Axis.LOAD, Axis.INFRASTRUCTURE);
        assertThat(assess(branches.each(e -> payingInPairs(e, 8)), LENIENT).flagged()).isFalse();
        assertThat(assess(branches.each(e -> payingInPairs(e, 40)), DEFAULTS).flagged()).isTrue();
    }

    private static UnaryOperator<Samples> payingInPairs(Exchange exchange, int accounts) {
        int account = account(exchange);
        return account < accounts
                ? s -> s.with(0, 100 + account / 2, exchange.accountCreatedAt())
                : s -> s;
    }

    /** Customers differ: more alike than people, but not as alike as what a queue is dealt to. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aServiceThatAsksForReasoningWhenSomethingHappensIsNoCampaign(long seed) {
        Population service = Population.webhooks(new Random(seed), 120, 24, 1, 0.6);

        assertThat(assess(service.all(s -> s.cueing(1)), LENIENT).axes())
                .contains(Axis.WORK, Axis.TIME, Axis.INTENT);
        assertThat(assess(service.all(s -> s.cueing(1)), LENIENT).flagged()).isFalse();
    }

    /** Who closes for the night has not gone: but for that, these loads would be even. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void customersWhoseNightsAreQuietAreNoCampaign(long seed) {
        Population service =
                Population.webhooks(new Random(seed), 120, 46, 1, 0.05)
                        .only(AssessorTest::open)
                        .all(s -> s.cueing(1));

        assertThat(assess(service, LENIENT).axes()).contains(Axis.WORK, Axis.TIME, Axis.INTENT);
        assertThat(assess(service, LENIENT).flagged()).isFalse();
    }

    /* A third of the accounts opens for twelve hours a day, all at the same time. */
    private static boolean open(Exchange exchange) {
        return account(exchange) % 3 > 0
                || Math.floorMod(exchange.eventTime() - Population.START, 24 * Population.HOUR)
                        < 12 * Population.HOUR;
    }

    /** Several schools that each pay for their own, all of them new this term. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void pupilsOfADistrictAreNoCampaign(long seed) {
        Population pupils =
                opened(Population.pupils(new Random(seed), 160, 24, 0.35), 5, 40, 2)
                        .all(s -> s.cueing(1));

        assertThat(assess(pupils, LENIENT).axes())
                .contains(Axis.WORK, Axis.LOAD, Axis.INTENT, Axis.INFRASTRUCTURE);
        assertThat(assess(pupils, LENIENT).flagged()).isFalse();
    }

    /** Nothing else tells: but independent accounts are not that steady. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatOneHandDealsOutInTurnIsFlagged(long seed) {
        Population queue = Population.inTurn(new Random(seed), 60, 24, 3_456);

        assertThat(assess(queue, DEFAULTS).axes())
                .containsExactlyInAnyOrder(Axis.WORK, Axis.LOAD, Axis.TIME);
        assertThat(assess(queue, DEFAULTS).flagged()).isTrue();
    }

    /** It calls from its own few addresses, by one client, whoever it works for. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aServiceThatRunsForItsUsersIsNoCampaign(long seed) {
        Population onSchedule = hosted(Population.timers(new Random(seed), 60, 24, 60));
        Population grading = onSchedule.all(s -> s.cueing(2));
        Population onDemand =
                hosted(Population.unevenQueue(new Random(seed), 60, 24, 3)).all(s -> s.cueing(2));

        Population digest = hosted(Population.threeTimesADay(new Random(seed), 60, 3));

        assertThat(assess(digest, LENIENT).axes())
                .contains(Axis.WORK, Axis.LOAD, Axis.INFRASTRUCTURE);
        assertThat(assess(digest, LENIENT).flagged()).isFalse();
        assertThat(assess(onSchedule, LENIENT).axes())
                .contains(Axis.WORK, Axis.LOAD, Axis.INFRASTRUCTURE);
        assertThat(assess(onSchedule, LENIENT).flagged()).isFalse();
        assertThat(assess(grading, LENIENT).axes()).contains(Axis.INTENT);
        assertThat(assess(grading, LENIENT).flagged()).isFalse();
        assertThat(assess(onDemand, LENIENT).axes())
                .contains(Axis.WORK, Axis.TIME, Axis.INTENT, Axis.INFRASTRUCTURE);
        assertThat(assess(onDemand, LENIENT).flagged()).as("webhooks").isFalse();
    }

    /** Its users were picked for its client, so its addresses come with it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theUsersOfAServiceAreNoCampaignAsACohortEither(long seed) {
        Random random = new Random(seed);
        Baseline sleeping = new Baseline();
        for (int group = 0; group < 8; group++) {
            sleeping.update(
                    Population.people(random, 60, 48, 1)
                            .only(e -> (e.eventTime() - Population.START) / 3_600_000 % 24 < 16)
                            .atTheEnd(group));
        }
        Population users = hosted(Population.queue(random, 60, 48, 1)).all(s -> s.cueing(2));
        Population payingTogether =
                users.each(e -> s -> s.with(9, 1 + account(e) % 6, e.accountCreatedAt()));
        long cohort = Cohort.client(Samples.sample(1, "acct", 1).with(9, 0, 0).exchange());

        assertThat(flagged(users, cohort, sleeping)).isFalse();
        assertThat(flagged(payingTogether, cohort, sleeping)).isTrue();
    }

    private static boolean flagged(Population population, long group, Baseline ordinary) {
        return Assessor.assess(population.statistics(group, Population.START), ordinary, DEFAULTS)
                .flagged();
    }

    private static Population hosted(Population accounts) {
        return accounts.each(e -> s -> s.with(9, 0, 0).from("10.0." + account(e) % 4 + ".0/24"));
    }

    /** Asks for reasoning, repeats nothing, keeps no sessions: and is five accounts. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aHandfulOfBusyAccountsIsNoCampaignHoweverManyPassBy(long seed) {
        Population few = Population.busyAmongPassersBy(new Random(seed), 5, 40, 24, 10);
        Population many = Population.busyAmongPassersBy(new Random(seed), 40, 40, 24, 10);

        assertThat(assess(few.all(s -> s.cueing(1)), LENIENT).flagged()).isFalse();
        assertThat(assess(many.all(s -> s.cueing(1)), LENIENT).flagged()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void thePolicySetsThresholdWeightsAndAxes(long seed) {
        Population campaign = harvest(seed);
        double score = assess(campaign, DEFAULTS).score();
        assertThat(score).isLessThan(1);

        assertThat(assess(campaign, policy(1.0, 3, Map.of())).flagged()).isFalse();
        assertThat(assess(campaign, policy(0.5, 7, Map.of())).flagged()).isFalse();
        Assessment without = assess(campaign, policy(0.5, 3, Map.of("elicitation", 0.0)));
        assertThat(without.evidence())
                .extracting(Evidence::signal)
                .doesNotContain(Signal.ELICITATION);
        assertThat(without.axes()).doesNotContain(Axis.INTENT);
        assertThat(without.score()).isLessThan(score);
        assertThat(without.flagged()).isFalse();
    }

    @Test
    void evidenceComesStrongestFirst() {
        Assessment campaign = assess(harvest(1), DEFAULTS);

        assertThat(campaign.evidence())
                .isSortedAccordingTo(
                        (a, b) ->
                                Double.compare(
                                        b.score() * b.signal().weight(),
                                        a.score() * a.signal().weight()));
        assertThat(campaign.evidence()).allMatch(e -> e.score() >= 0 && e.score() <= 1);
    }

    @Test
    void oneOfEachAxisCounts() {
        // Clients and payments are both infrastructure: the second adds nothing.
        Population paid = harvest(2).each(e -> s -> s.with(0, 1 + Population.number(e) % 6, 0));
        Population both = harvest(2).each(e -> s -> s.with(9, 1 + Population.number(e) % 6, 0));

        assertThat(assess(both, DEFAULTS).score()).isEqualTo(assess(paid, DEFAULTS).score());
        assertThat(assess(both, DEFAULTS).evidence()).hasSizeGreaterThan(5);
    }

    private static Population harvest(long seed) {
        return Population.queue(new Random(seed), 60, 24, 1).all(s -> s.cueing(1));
    }

    private static Assessment assess(Population population, DetectionPolicy policy) {
        return assess(population.statistics(), policy);
    }

    private static Assessment assess(GroupStatistics statistics, DetectionPolicy policy) {
        return Assessor.assess(statistics, new Baseline(), policy);
    }

    private static DetectionPolicy policy(double threshold, int axes, Map<String, Double> weights) {
        return new DetectionPolicy(
                null, threshold, null, null, null, axes, null, weights, null, null);
    }
}
