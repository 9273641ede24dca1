package io.distillwatch.workbench.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.distillwatch.workbench.simulate.text.Texts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrafficSimulatorTest {

    @Test
    void sameSeedGivesSameBytes() {
        assertThat(digest(everything(5))).isEqualTo(digest(everything(5)));
        assertThat(digest(everything(6))).isNotEqualTo(digest(everything(5)));
    }

    @Test
    void aCampaignMoreChangesNobodyElse() {
        Scenario without =
                SimulatedLog.scenario(3, 0.5, 200, Map.of(LookAlike.POPULAR_APP, 50), List.of());
        Scenario with =
                SimulatedLog.scenario(
                        3,
                        0.5,
                        200,
                        Map.of(LookAlike.POPULAR_APP, 50, LookAlike.JUDGE_APP, 20),
                        Presets.of("small30"));
        SimulatedLog more = SimulatedLog.of(with);
        Set<String> before =
                SimulatedLog.of(without).records.stream()
                        .map(JsonNode::toString)
                        .collect(Collectors.toSet());
        Set<String> others = new java.util.HashSet<>();
        more.truth.at("/campaigns/small30/accounts").forEach(a -> others.add(a.asText()));
        more.truth.at("/negatives/judge_app/accounts").forEach(a -> others.add(a.asText()));

        List<String> kept =
                more.records.stream()
                        .filter(r -> !others.contains(SimulatedLog.account(r)))
                        .map(JsonNode::toString)
                        .toList();

        assertThat(others).isNotEmpty();
        assertThat(kept).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void eventsAscendWithinTheRunAndIdsAreUnique() {
        SimulatedLog log = SimulatedLog.of(everything(5));
        List<Long> times = log.records.stream().map(SimulatedLog::time).toList();
        long start = Scenario.DEFAULT_START.toEpochMilli();

        assertThat(times).isSorted();
        assertThat(times.get(0)).isGreaterThanOrEqualTo(start);
        assertThat(times.get(times.size() - 1)).isLessThan(start + 86_400_000L);
        assertThat(log.distinct(r -> r.get("exchange_id").asText())).hasSize(log.records.size());
    }

    @Test
    void truthNamesEveryActiveAccountOfAGroupAndCountsItsExchanges() {
        SimulatedLog log = SimulatedLog.of(everything(5));
        Map<String, Long> perAccount = log.count(SimulatedLog::account);
        List<JsonNode> groups = new ArrayList<>();
        log.truth.get("campaigns").forEach(groups::add);
        log.truth.get("negatives").forEach(groups::add);

        assertThat(log.truth.get("negatives")).hasSize(LookAlike.values().length);
        long listed = 0;
        for (JsonNode group : groups) {
            long sent = 0;
            for (JsonNode account : group.get("accounts")) {
                sent += perAccount.remove(account.asText());
            }
            assertThat(sent).isEqualTo(group.get("exchanges").asLong());
            listed += sent;
        }
        assertThat(log.truth.at("/ordinary/exchanges").asLong())
                .isEqualTo(log.records.size() - listed);
        assertThat(log.truth.at("/ordinary/accounts").asInt()).isEqualTo(perAccount.size());
    }

    @Test
    void leavesOutTheFieldsThatAScenarioDrops() {
        Scenario full = everything(5);
        Scenario bare =
                new Scenario(
                        full.seed(),
                        full.start(),
                        Duration.ofHours(6),
                        50,
                        full.perDay(),
                        full.lookAlikes(),
                        List.of(),
                        Set.of(Field.values()),
                        full.maxBytes());

        assertThat(SimulatedLog.of(bare).records)
                .isNotEmpty()
                .allSatisfy(
                        r ->
                                assertThat(r.fieldNames())
                                        .toIterable()
                                        .containsExactly(
                                                "exchange_id",
                                                "event_time",
                                                "account_id",
                                                "client_ip",
                                                "prompt"));
        Set<String> names =
                SimulatedLog.of(full).records.stream()
                        .flatMap(r -> r.properties().stream())
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
        assertThat(names)
                .contains(
                        "organization_id",
                        "user_agent",
                        "tls_fingerprint",
                        "payment_fingerprint",
                        "account_created_at",
                        "conversation_id",
                        "model",
                        "input_tokens",
                        "output_tokens",
                        "system_prompt",
                        "messages");
    }

    @Test
    void ordinaryVolumeIsHeavyTailedAndSleepsAtNight() {
        SimulatedLog log = SimulatedLog.of(SimulatedLog.scenario(4, 2, 1_500, Map.of(), List.of()));
        List<Long> counts = log.count(SimulatedLog::account).values().stream().sorted().toList();
        long top = counts.stream().skip(counts.size() * 9L / 10).mapToLong(c -> c).sum();

        assertThat((double) top / log.records.size()).isBetween(0.35, 0.75);
        assertThat(log.unevenness()).isGreaterThan(10);
        assertThat(log.records.size() / 1_500.0 / 2).isBetween(4.0, 8.0);
        assertThat(log.distinct(r -> r.path("model").asText())).hasSizeGreaterThan(3);
    }

    @Test
    void aScenarioThatMakesNoSenseIsRefusedByName() {
        assertThatThrownBy(() -> Scenario.of(1, -1, 10, List.of())).hasMessageContaining("days");
        assertThatThrownBy(() -> Scenario.of(1, 1, -10, List.of()))
                .hasMessageContaining("ordinary");
        assertThatThrownBy(() -> Presets.of("hosting301")).hasMessageContaining("hosting300");
        assertThatThrownBy(() -> LookAlike.named("x")).hasMessageContaining("popular_app");
    }

    /** All look-alikes, a few ordinary people, one campaign, one day. */
    private static Scenario everything(long seed) {
        Scenario usual = Scenario.of(seed, 1, 200, Presets.of("churn150"));
        return new Scenario(
                seed,
                usual.start(),
                usual.length(),
                usual.ordinary(),
                usual.perDay(),
                Map.of(
                        LookAlike.POPULAR_APP, 100,
                        LookAlike.APP_RELEASE, 60,
                        LookAlike.VIRAL_PROMPT, 60,
                        LookAlike.CARRIER_NAT, 60,
                        LookAlike.BENCHMARK_RESEARCHERS, 5),
                usual.campaigns(),
                Set.of(),
                usual.maxBytes());
    }

    private static String digest(Scenario scenario) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            TrafficSimulator simulator =
                    new TrafficSimulator(scenario, Texts.own(), ArrivalTraces.none());
            while (simulator.advance()) {
                digest.update(simulator.line().array(), 0, simulator.line().length());
            }
            digest.update(simulator.truth().json().toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
