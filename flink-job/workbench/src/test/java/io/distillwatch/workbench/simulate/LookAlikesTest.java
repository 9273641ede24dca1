package io.distillwatch.workbench.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each look-alike has what makes it one, and what tells it apart. */
class LookAlikesTest {

    @Test
    void usersOfAPopularAppRepeatQuestionsAndAreUneven() {
        SimulatedLog log = SimulatedLog.of(LookAlike.POPULAR_APP, 400, 2);

        assertThat(log.distinct(r -> r.get("system_prompt").asText())).hasSize(1);
        assertThat(log.workPartition()).isLessThan(0.75);
        assertThat(log.unevenness()).isGreaterThan(8);
    }

    @Test
    void usersOfAPasteAppShareAHeadAndNothingElse() {
        SimulatedLog log = SimulatedLog.of(LookAlike.PASTE_APP, 200, 2);

        assertThat(log.workPartition()).isGreaterThan(0.99);
        assertThat(log.unevenness()).isGreaterThan(8);
        assertThat(log.sharedShingles()).isNotEmpty();
    }

    @Test
    void aScheduledAppHasEvenLoadAndUniqueBodiesButOrganicAccounts() {
        SimulatedLog log = SimulatedLog.of(LookAlike.SCHEDULED_APP, 200, 3);

        assertThat(log.workPartition()).isGreaterThan(0.99);
        assertThat(log.unevenness()).isLessThan(0.2);
        assertThat(log.sharedShingles()).isNotEmpty();
        assertThat(log.distinct(r -> r.path("payment_fingerprint").asText()).size())
                .isGreaterThan(100);
        assertThat(log.distinct(r -> r.get("user_agent").asText()).size()).isGreaterThan(30);
        long signUpMonths =
                log.distinct(r -> r.get("account_created_at").asText().substring(0, 7)).size();
        assertThat(signUpMonths).isGreaterThan(15);
    }

    @Test
    void aHostedAppHasAFewAddressesAndOneClientForUsersWhoEachPay() {
        SimulatedLog log = SimulatedLog.of(LookAlike.HOSTED_APP, 200, 3);

        assertThat(log.workPartition()).isGreaterThan(0.99);
        assertThat(log.unevenness()).isLessThan(0.2);
        assertRunsInOneCloud(log);
        assertThat(log.distinct(r -> r.path("payment_fingerprint").asText()).size())
                .isGreaterThan(100);
    }

    @Test
    void webhooksGoOffDayAndNightAndUnevenly() {
        SimulatedLog log = SimulatedLog.of(LookAlike.WEBHOOK_APP, 150, 2);

        assertThat(log.workPartition()).isGreaterThan(0.99);
        assertThat(log.unevenness()).isGreaterThan(8);
        assertRunsInOneCloud(log);
        assertThat(log.byHour().values()).hasSize(24).allMatch(count -> count > 50);
    }

    private static void assertRunsInOneCloud(SimulatedLog log) {
        assertThat(log.distinct(r -> r.get("user_agent").asText())).hasSize(1);
        assertThat(log.distinct(SimulatedLog::prefix).size()).isBetween(2, 4);
    }

    @Test
    void aScheduleKeepsToTheMinute() {
        SimulatedLog log = SimulatedLog.of(LookAlike.SCHEDULED_APP, 50, 3);

        log.byAccount()
                .forEach(
                        (account, own) -> {
                            Set<Integer> hours =
                                    own.stream()
                                            .map(r -> Instant.ofEpochMilli(SimulatedLog.time(r)))
                                            .map(t -> t.atZone(ZoneOffset.UTC))
                                            .map(t -> t.getHour() * 6 + t.getMinute() / 10)
                                            .collect(Collectors.toSet());
                            // three runs a day; one that is late may slip into the next ten minutes
                            assertThat(hours.size()).isBetween(3, 6);
                        });
    }

    @Test
    void anEnterpriseIsBehindTwoPrefixesAndWorksInOfficeHours() {
        SimulatedLog log = SimulatedLog.of(LookAlike.ENTERPRISE_NAT, 150, 2);
        Map<Integer, Long> hours = log.byHour();
        List<Long> sorted = hours.values().stream().sorted().toList();
        long busiest =
                sorted.stream().skip(Math.max(0, sorted.size() - 11)).mapToLong(c -> c).sum();

        assertThat(log.distinct(SimulatedLog::prefix)).hasSizeLessThanOrEqualTo(2);
        assertThat(log.distinct(r -> r.get("organization_id").asText())).hasSize(1);
        assertThat(log.unevenness()).isGreaterThan(5);
        assertThat((double) busiest / log.records.size()).isGreaterThan(0.85);
    }

    @Test
    void researchersRepeatAFiniteSet() {
        SimulatedLog log = SimulatedLog.of(LookAlike.BENCHMARK_RESEARCHERS, 12, 4);

        assertThat(log.distinct(SimulatedLog::prompt).size()).isBetween(80, 900);
        assertThat(log.workPartition()).isLessThan(0.4);
        assertThat(log.distinct(r -> r.path("payment_fingerprint").asText()).size())
                .isGreaterThan(3);
    }

    @Test
    void aSyntheticDataCustomerIsOneOrganisationOnOneNetwork() {
        SimulatedLog log = SimulatedLog.of(LookAlike.SYNTHETIC_DATA_CUSTOMER, 5, 1);

        assertThat(log.distinct(SimulatedLog::prefix)).hasSize(1);
        assertThat(log.distinct(r -> r.get("organization_id").asText())).hasSize(1);
        assertThat(log.distinct(r -> r.get("payment_fingerprint").asText())).hasSize(1);
        assertThat(log.records.size() / 5).isGreaterThan(300);
        assertThat(log.workPartition()).isGreaterThan(0.95);
    }

    @Test
    void aClassSharesTextsAndADeadline() {
        SimulatedLog log = SimulatedLog.of(LookAlike.CLASS_HOMEWORK, 40, 3);
        long last = SimulatedLog.time(log.records.get(log.records.size() - 1));
        long late =
                log.records.stream()
                        .filter(r -> SimulatedLog.time(r) > last - 36 * 3_600_000L)
                        .count();

        assertThat(log.workPartition()).isLessThan(0.5);
        assertThat((double) late / log.records.size()).isGreaterThan(0.95);
    }

    @Test
    void aViralPromptIsOneBodyInThousandsOfLives() {
        SimulatedLog log = SimulatedLog.of(LookAlike.VIRAL_PROMPT, 300, 3);
        Map<String, Long> heads =
                log.count(
                        r ->
                                SimulatedLog.prompt(r)
                                        .substring(
                                                0, Math.min(60, SimulatedLog.prompt(r).length())));
        long viral = heads.values().stream().mapToLong(c -> c).max().orElseThrow();

        assertThat(viral).isBetween(200L, 310L);
        assertThat(log.records.size()).isGreaterThan((int) viral * 3);
    }

    @Test
    void carriersAndVpnsPutHundredsBehindAPrefix() {
        SimulatedLog carrier = SimulatedLog.of(LookAlike.CARRIER_NAT, 200, 1);
        SimulatedLog vpn = SimulatedLog.of(LookAlike.VPN_EXIT, 100, 1);

        assertThat(carrier.distinct(SimulatedLog::prefix)).hasSizeLessThanOrEqualTo(3);
        assertThat(vpn.distinct(SimulatedLog::prefix)).hasSizeLessThanOrEqualTo(2);
        assertThat(carrier.sharedShingles()).isEmpty();
    }

    @Test
    void codingAgentsTalkAtLength() {
        SimulatedLog log = SimulatedLog.of(LookAlike.CODING_AGENTS, 40, 2);
        double turns =
                (double) log.records.size()
                        / log.distinct(r -> r.get("conversation_id").asText()).size();

        assertThat(turns).isGreaterThan(8);
        assertThat(log.distinct(r -> r.get("system_prompt").asText())).hasSize(1);
        assertThat(log.unevenness()).isGreaterThan(30);
        assertThat(log.workPartition()).isGreaterThan(0.8);
    }

    @Test
    void aResellerSpreadsUnrelatedRequestsOverItsAccounts() {
        SimulatedLog log = SimulatedLog.of(LookAlike.PROXY_RESELLER, 40, 2);

        assertThat(log.truth.get("campaigns")).isEmpty();
        assertThat(log.distinct(SimulatedLog::prefix).size()).isGreaterThan(5);
        assertThat(log.distinct(r -> r.get("payment_fingerprint").asText()).size()).isLessThan(6);
        assertThat(log.sharedShingles()).isEmpty();
    }

    @Test
    void anAppReleaseChangesTheSystemPromptForAllAtOnce() {
        SimulatedLog log = SimulatedLog.of(LookAlike.APP_RELEASE, 150, 2);
        List<String> prompts =
                log.records.stream().map(r -> r.get("system_prompt").asText()).toList();
        long changes = 0;
        for (int i = 1; i < prompts.size(); i++) {
            changes += prompts.get(i).equals(prompts.get(i - 1)) ? 0 : 1;
        }

        assertThat(changes).isEqualTo(1);
    }

    @Test
    void aJudgeAppGradesEverybodysOwnDataUnevenly() {
        SimulatedLog log = SimulatedLog.of(LookAlike.JUDGE_APP, 80, 3);

        assertThat(log.workPartition()).isGreaterThan(0.95);
        assertThat(log.unevenness()).isGreaterThan(20);
        assertThat(log.distinct(r -> r.get("organization_id").asText()).size()).isGreaterThan(40);
        assertThat(log.sharedShingles()).isNotEmpty();
    }

    @Test
    void aTutorExplainsStepByStepToUnevenPupils() {
        SimulatedLog log = SimulatedLog.of(LookAlike.TUTORING_APP, 200, 2);

        assertThat(log.records)
                .allSatisfy(
                        r ->
                                assertThat(SimulatedLog.prompt(r))
                                        .containsIgnoringCase("step by step"));
        assertThat(log.workPartition()).isLessThan(0.9);
        assertThat(log.unevenness()).isGreaterThan(5);
    }
}
