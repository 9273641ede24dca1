package io.distillwatch.workbench.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** One program at independent people: what makes them look alike, and what does not. */
class AssistantsTest {

    private static final long HOUR = 3_600_000L;

    @Test
    void aMailAgentWorksForIndependentPeopleAsTheirMailComes() {
        SimulatedLog log = SimulatedLog.of(LookAlike.MAIL_AGENT, 200, 5);
        long rested = log.byAccount().values().stream().filter(own -> quietest(own) < 0.12).count();

        assertThat(log.distinct(r -> r.get("payment_fingerprint").asText())).hasSize(200);
        assertThat(log.distinct(r -> r.has("organization_id"))).containsExactly(false);
        assertThat(log.distinct(r -> r.path("tls_fingerprint").asText()))
                .filteredOn(stack -> !stack.isEmpty())
                .hasSize(6);
        assertThat(log.distinct(SimulatedLog::prefix)).hasSizeGreaterThan(180);
        assertThat(log.distinct(r -> r.get("account_created_at").asText().substring(0, 7)).size())
                .isGreaterThan(15);
        assertThat(log.workPartition()).isGreaterThan(0.99);
        assertThat(log.sharedShingles()).isNotEmpty();
        assertThat(log.records.size() / 200.0 / 5).isBetween(19.0, 29.0);
        assertThat(log.unevenness()).isBetween(10.0, 60.0);
        assertThat(rested / 200.0).isBetween(0.5, 0.7);
    }

    @Test
    void aReminderAppIsYoungUnpaidAndAnsweredWithinMinutesAtThreeHours() {
        SimulatedLog log = SimulatedLog.of(LookAlike.REMINDER_APP, 200, 5);
        List<Instant> births = log.births();
        Instant launch = births.stream().min(Instant::compareTo).orElseThrow();
        long first =
                births.stream().filter(born -> born.isBefore(launch.plusMillis(24 * HOUR))).count();

        assertThat(births)
                .allMatch(
                        born ->
                                SimulatedLog.daysBefore(born) > 0
                                        && SimulatedLog.daysBefore(born) <= 20);
        assertThat(first / 200.0).isBetween(0.25, 0.5);
        assertThat(log.distinct(r -> r.has("payment_fingerprint"))).containsExactly(false);
        assertThat(log.distinct(r -> r.get("user_agent").asText())).hasSize(1);
        assertThat(log.workPartition()).isGreaterThan(0.99);
        assertThat(log.sharedShingles()).isNotEmpty();
        assertThat(log.records.size() / 200.0 / 5).isBetween(2.2, 2.6);
        assertThat(log.unevenness()).isLessThan(0.4);
        double carrier =
                log.records.stream()
                        .filter(r -> r.get("client_ip").asText().startsWith("10"))
                        .count();
        assertThat(carrier / log.records.size()).isBetween(0.35, 0.65);
        log.byAccount()
                .values()
                .forEach(
                        own -> {
                            Set<Long> hours =
                                    own.stream()
                                            .map(r -> SimulatedLog.time(r) / HOUR % 24)
                                            .collect(Collectors.toSet());
                            // an answer to a bell late in the hour may come in the next
                            assertThat(hours.size()).isBetween(2, 6);
                        });
    }

    /** Share of an account's records in the six hours of the day that have the fewest. */
    private static double quietest(List<JsonNode> own) {
        long[] hours = new long[24];
        own.forEach(r -> hours[(int) (SimulatedLog.time(r) / HOUR % 24)]++);
        long least = Long.MAX_VALUE;
        for (int from = 0; from < 24; from++) {
            long sum = 0;
            for (int h = from; h < from + 6; h++) {
                sum += hours[h % 24];
            }
            least = Math.min(least, sum);
        }
        return (double) least / own.size();
    }
}
