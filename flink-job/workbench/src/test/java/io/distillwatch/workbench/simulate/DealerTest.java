package io.distillwatch.workbench.simulate;

import static io.distillwatch.workbench.simulate.CampaignPlan.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.distillwatch.workbench.simulate.CampaignPlan.Dealing;
import io.distillwatch.workbench.simulate.CampaignPlan.Network;
import io.distillwatch.workbench.simulate.CampaignPlan.Wording;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DealerTest {

    @Test
    void theReferenceCampaignHasTheRateOfThePublicClaim() {
        SimulatedLog log = SimulatedLog.of(named("c").accounts(250), 2);

        assertThat(log.records.size() / 250.0 / 2).isCloseTo(25.6, within(0.8));
        assertThat(log.workPartition()).isGreaterThan(0.999);
    }

    @Test
    void dealingInTurnIsEvenAndDealingToAnybodyIsPoisson() {
        assertThat(dealt(Dealing.ROUND_ROBIN).unevenness()).isLessThan(0.1);
        assertThat(dealt(Dealing.JITTERED).unevenness()).isLessThan(0.1);
        assertThat(dealt(Dealing.UNIFORM).unevenness()).isBetween(0.6, 1.5);
        assertThat(dealt(Dealing.POISSON).unevenness()).isBetween(0.6, 1.5);
        CampaignPlan uneven = named("c").dealing(Dealing.UNIFORM).unevenness(0.8);
        assertThat(SimulatedLog.of(uneven, 1).unevenness()).isGreaterThan(5);
    }

    private static SimulatedLog dealt(Dealing dealing) {
        return SimulatedLog.of(named("c").dealing(dealing), 1);
    }

    @Test
    void networksAreWhatThePlanSays() {
        SimulatedLog hosting = SimulatedLog.of(named("c").network(Network.HOSTING), 1);
        SimulatedLog homes = SimulatedLog.of(named("c").network(Network.RESIDENTIAL), 1);
        SimulatedLog rotating = SimulatedLog.of(named("c").network(Network.ROTATING), 1);

        assertThat(hosting.distinct(SimulatedLog::prefix).size()).isLessThanOrEqualTo(12);
        assertThat(homes.distinct(SimulatedLog::prefix).size()).isGreaterThan(290);
        assertThat(homes.byAccount().values())
                .allSatisfy(own -> assertThat(prefixes(own)).hasSize(1));
        assertThat(rotating.byAccount().values())
                .allSatisfy(own -> assertThat(prefixes(own).size()).isGreaterThan(5));
    }

    private static Set<String> prefixes(List<JsonNode> records) {
        return records.stream().map(SimulatedLog::prefix).collect(Collectors.toSet());
    }

    @Test
    void bannedAccountsAreReplacedWithinHoursAndTheRateIsKept() {
        SimulatedLog log = SimulatedLog.of(named("c").accounts(150).replacedPerDay(0.3), 3);
        int accounts = log.truth.at("/campaigns/c/accounts").size();
        long firstDay =
                log.records.stream()
                        .filter(
                                r ->
                                        SimulatedLog.time(r)
                                                < Scenario.DEFAULT_START.toEpochMilli()
                                                        + 86_400_000L)
                        .count();

        // 150 to begin with, and 45 a day
        assertThat(accounts).isBetween(150 + 100, 150 + 175);
        assertThat((double) firstDay / log.records.size()).isCloseTo(1 / 3.0, within(0.02));
        Map<String, Set<String>> users =
                log.records.stream()
                        .collect(
                                Collectors.groupingBy(
                                        r -> r.get("conversation_id").asText(),
                                        Collectors.mapping(
                                                SimulatedLog::account, Collectors.toSet())));
        long handedOver = users.values().stream().filter(a -> a.size() > 1).count();
        assertThat(handedOver).isBetween((accounts - 150L) / 4, (accounts - 150L) * 3 / 4);
    }

    @Test
    void coverIsTheShareThatThePlanSaysAndOrdinary() {
        SimulatedLog log = SimulatedLog.of(named("c").accounts(250).cover(0.8).templates(1), 3);
        // harvested answers are pinned to length, ordinary ones are not: count by the dealt rate
        double harvested = 250 * 25.6 * 0.2 * 3;

        assertThat(1 - harvested / log.records.size()).isCloseTo(0.8, within(0.06));
        assertThat(log.unevenness()).isGreaterThan(3);
    }

    @Test
    void itemsAreDealtExactlyAsOftenAsThePlanSays() {
        SimulatedLog log = SimulatedLog.of(named("c").timesDealt(3).wording(Wording.NATURAL), 1);
        Map<String, Long> copies = log.count(SimulatedLog::prompt);
        long thrice = copies.values().stream().filter(c -> c == 3).count();

        assertThat((double) thrice * 3 / log.records.size()).isGreaterThan(0.75);
        assertThat(copies.values()).allSatisfy(c -> assertThat(c).isLessThanOrEqualTo(3));
    }

    @Test
    void wrappersChangeHalfWay() {
        SimulatedLog log = SimulatedLog.of(named("c").templates(1).templatesChange(), 1);
        long half = Scenario.DEFAULT_START.toEpochMilli() + 43_200_000L;
        Set<String> before = constant(log, r -> SimulatedLog.time(r) < half);
        Set<String> after = constant(log, r -> SimulatedLog.time(r) >= half);

        assertThat(before).isNotEmpty();
        // another draw of the same grammar may say something alike
        Set<String> alike = new HashSet<>(after);
        alike.retainAll(before);
        assertThat(after).hasSizeGreaterThan(2 * alike.size());
    }

    /** Sequences of four words that all these prompts have. */
    private static Set<String> constant(
            SimulatedLog log, java.util.function.Predicate<JsonNode> which) {
        Set<String> common = null;
        for (JsonNode record : log.records) {
            if (which.test(record)) {
                Set<String> own = SimulatedLog.shingles(SimulatedLog.prompt(record), 4);
                if (common == null) {
                    common = own;
                } else {
                    common.retainAll(own);
                }
            }
        }
        return common;
    }

    @Test
    void aPivotMovesMostOfTheTrafficWithinTwoDays() {
        SimulatedLog log = SimulatedLog.of(named("c").pivots(), 6);
        long day = 86_400_000L;

        assertThat(newest(log, log.modelReleasedAt - day, log.modelReleasedAt)).isZero();
        assertThat(newest(log, log.modelReleasedAt, log.modelReleasedAt + day))
                .isBetween(0.15, 0.5);
        assertThat(newest(log, log.modelReleasedAt + 2 * day, Long.MAX_VALUE)).isGreaterThan(0.95);
    }

    private static double newest(SimulatedLog log, long from, long to) {
        List<JsonNode> part =
                log.records.stream()
                        .filter(r -> SimulatedLog.time(r) >= from && SimulatedLog.time(r) < to)
                        .toList();
        long moved =
                part.stream().filter(r -> r.get("model").asText().equals("meridian-3")).count();
        return (double) moved / part.size();
    }

    @Test
    void betweenTwoWavesThereIsSilence() {
        SimulatedLog log =
                SimulatedLog.of(named("c").pauses(Duration.ofHours(10), Duration.ofHours(20)), 2);
        long start = Scenario.DEFAULT_START.toEpochMilli();
        List<Long> hours =
                log.records.stream().map(r -> (SimulatedLog.time(r) - start) / 3_600_000L).toList();

        assertThat(hours).contains(9L, 31L).noneMatch(h -> h >= 10 && h < 30);
    }

    @Test
    void rewrittenWrappersShareHardlyAnySequenceOfFiveWords() {
        SimulatedLog log = SimulatedLog.of(named("c").accounts(40).wording(Wording.REWRITE), 0.3);
        SimulatedLog bare = SimulatedLog.of(named("c").accounts(40).wording(Wording.NATURAL), 0.3);
        int pairs = 0;
        int sharing = 0;
        for (int i = 1; i < Math.min(200, log.records.size()); i++) {
            Set<String> one = SimulatedLog.shingles(SimulatedLog.prompt(log.records.get(i)), 5);
            one.removeAll(SimulatedLog.shingles(SimulatedLog.prompt(bare.records.get(i)), 5));
            Set<String> other =
                    SimulatedLog.shingles(SimulatedLog.prompt(log.records.get(i - 1)), 5);
            other.retainAll(one);
            pairs++;
            sharing += other.isEmpty() ? 0 : 1;
        }

        assertThat((double) sharing / pairs).isLessThan(0.05);
    }

    @Test
    void substitutionReplacesTheShareOfWordsThatItSays() {
        SimulatedLog plain = SimulatedLog.of(named("c").accounts(50).templates(1), 1);
        SimulatedLog noisy =
                SimulatedLog.of(named("c").accounts(50).templates(1).substitution(0.3), 1);
        Set<String> wrapper = constant(plain, r -> true);
        double kept = 0;
        for (JsonNode record : noisy.records) {
            Set<String> own = new HashSet<>(wrapper);
            own.retainAll(SimulatedLog.shingles(SimulatedLog.prompt(record), 4));
            kept += (double) own.size() / wrapper.size();
        }

        assertThat(wrapper).isNotEmpty();
        // four words in a row survive with probability 0.7 to the fourth
        assertThat(kept / noisy.records.size()).isCloseTo(0.24, within(0.08));
    }

    @Test
    void noTwoSeedsShareAWrapper() {
        Set<String> seen = new HashSet<>();
        for (long seed = 1; seed <= 20; seed++) {
            List<CampaignPlan> plan =
                    List.of(named("c").accounts(10).templates(1).startsAfter(Duration.ZERO));
            SimulatedLog log = SimulatedLog.of(SimulatedLog.scenario(seed, 0.2, 0, Map.of(), plan));
            Set<String> wrapper = new HashSet<>();
            for (String shingle : constant(log, r -> true)) {
                wrapper.add(shingle);
            }
            if (!wrapper.isEmpty()) {
                assertThat(seen.add(String.join("|", new java.util.TreeSet<>(wrapper))))
                        .as("seed %d", seed)
                        .isTrue();
            }
        }
        assertThat(seen.size()).isGreaterThan(12);
    }

    @ParameterizedTest
    @MethodSource("io.distillwatch.workbench.simulate.Presets#names")
    void everyPresetRuns(String scenario) {
        SimulatedLog log =
                SimulatedLog.of(SimulatedLog.scenario(2, 0.5, 20, Map.of(), Presets.of(scenario)));

        assertThat(log.records).isNotEmpty();
        assertThat(log.truth.get("campaigns")).hasSize(Presets.of(scenario).size());
        log.truth
                .get("campaigns")
                .forEach(c -> assertThat(c.get("exchanges").asLong()).isPositive());
    }
}
