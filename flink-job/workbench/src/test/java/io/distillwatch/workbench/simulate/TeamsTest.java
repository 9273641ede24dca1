package io.distillwatch.workbench.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Accounts of people who work together: what makes each look alike, and what tells them apart. */
class TeamsTest {

    @Test
    void callsAreDealtEvenlyOverShiftsOfEightHours() {
        SimulatedLog log = SimulatedLog.of(LookAlike.CALL_CENTRE, 100, 7);

        assertThat(log.workPartition()).isGreaterThan(0.99);
        // Poisson: what comes in is dealt to who is free
        assertThat(log.unevenness()).isBetween(0.5, 1.6);
        assertThat(log.present("payment_fingerprint")).hasSize(1);
        assertThat(log.present("organization_id")).isEmpty();
        assertThat(log.distinct(SimulatedLog::prefix)).hasSizeBetween(2, 12);
        log.byAccount()
                .forEach(
                        (account, own) -> {
                            assertThat(hours(own)).hasSizeLessThanOrEqualTo(9);
                            assertThat(days(own)).hasSizeBetween(3, 6);
                        });
    }

    @Test
    void keysOfACourseAreHandedOutTogetherAndUsedBeforeTheDeadline() {
        SimulatedLog log = SimulatedLog.of(LookAlike.COURSE_KEYS, 100, 3);
        long last = SimulatedLog.time(log.records.get(log.records.size() - 1));
        long within =
                log.records.stream()
                        .filter(r -> SimulatedLog.time(r) > last - 40 * 3_600_000L)
                        .count();

        assertThat(log.births()).isLessThan(Duration.ofHours(3));
        assertThat(log.present("payment_fingerprint")).hasSize(1);
        assertThat(log.present("organization_id")).hasSizeLessThanOrEqualTo(1);
        assertThat(log.workPartition()).isGreaterThan(0.99);
        assertThat((double) within / log.records.size()).isGreaterThan(0.95);
        assertThat(log.unevenness()).isGreaterThan(2);
    }

    @Test
    void aQuarterOfTheRepliesInATeamComeFromColleagues() {
        SimulatedLog log = SimulatedLog.of(LookAlike.TEAM_THREADS, 50, 5);
        Map<String, List<JsonNode>> threads =
                log.records.stream()
                        .collect(Collectors.groupingBy(r -> r.get("conversation_id").asText()));
        long replies = 0;
        long byOthers = 0;
        for (List<JsonNode> thread : threads.values()) {
            String owner = SimulatedLog.account(thread.get(0));
            replies += thread.size() - 1;
            byOthers += thread.stream().filter(r -> !SimulatedLog.account(r).equals(owner)).count();
        }

        assertThat((double) byOthers / replies).isBetween(0.2, 0.3);
        assertThat(log.present("organization_id")).hasSize(1);
        assertThat(log.present("payment_fingerprint")).hasSize(1);
        assertThat(log.unevenness()).isGreaterThan(5);
    }

    private static Set<Integer> hours(List<JsonNode> records) {
        return records.stream()
                .map(r -> Instant.ofEpochMilli(SimulatedLog.time(r)).atZone(ZoneOffset.UTC))
                .map(t -> t.getHour())
                .collect(Collectors.toSet());
    }

    private static Set<Long> days(List<JsonNode> records) {
        return records.stream()
                .map(r -> SimulatedLog.time(r) / 86_400_000)
                .collect(Collectors.toSet());
    }
}
