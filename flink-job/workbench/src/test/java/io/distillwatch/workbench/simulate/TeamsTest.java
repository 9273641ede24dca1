package io.distillwatch.workbench.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** People whom one payer brought together: what makes them look alike, and what does not. */
class TeamsTest {

    private static final long HOUR = 3_600_000L;

    @Test
    void aCourseHasKeysOfOneDayAndWorksBeforeTheDeadline() {
        Set<Boolean> organized = new HashSet<>();
        for (long seed = 1; seed <= 10; seed++) {
            SimulatedLog log = SimulatedLog.seeded(seed, LookAlike.UNIVERSITY_KEYS, 60, 2);
            assertThat(log.hasOnePayerAndClient()).isTrue();
            assertThat(SimulatedLog.spanMillis(log.births())).isLessThan(3 * HOUR);
            assertThat(log.births())
                    .allMatch(
                            born ->
                                    SimulatedLog.daysBefore(born) > 2
                                            && SimulatedLog.daysBefore(born) <= 21);
            Set<String> organizations = log.distinct(r -> r.path("organization_id").asText());
            assertThat(organizations).hasSize(1);
            organized.add(!organizations.contains(""));
            long last = SimulatedLog.time(log.records.get(log.records.size() - 1));
            long late =
                    log.records.stream()
                            .filter(r -> SimulatedLog.time(r) > last - 12 * HOUR)
                            .count();
            assertThat((double) late / log.records.size()).isGreaterThan(0.7);
        }
        assertThat(organized).hasSize(2);
    }

    @Test
    void studentsAskForStepsWithAnswersOfTheirOwnFromOneCampusAndHome() {
        SimulatedLog log = SimulatedLog.of(LookAlike.UNIVERSITY_KEYS, 100, 2);
        List<Long> prefixes =
                log.count(SimulatedLog::prefix).values().stream()
                        .sorted(Comparator.reverseOrder())
                        .toList();

        assertThat(log.records)
                .allSatisfy(
                        r ->
                                assertThat(SimulatedLog.prompt(r))
                                        .containsIgnoringCase("step by step"));
        assertThat(log.sharedShingles()).isNotEmpty();
        assertThat(log.workPartition()).isGreaterThan(0.99);
        assertThat((double) prefixes.get(0) / log.records.size()).isBetween(0.7, 0.9);
        assertThat(prefixes.size()).isBetween(60, 101);
        assertThat(log.unevenness()).isGreaterThan(2);
    }

    @Test
    void aCourseHasASheetEveryThreeDays() {
        SimulatedLog log = SimulatedLog.of(LookAlike.UNIVERSITY_KEYS, 60, 9);
        List<Long> pauses =
                SimulatedLog.gaps(log.records).stream().filter(gap -> gap > 24 * HOUR).toList();

        assertThat(pauses.size()).isBetween(2, 3);
    }

    @Test
    void callsAreDealtEvenlyToAgentsInTwoShiftsWithTwoDaysOff() {
        SimulatedLog log = SimulatedLog.of(LookAlike.CALL_CENTRE, 100, 7);

        assertThat(log.hasOnePayerAndClient()).isTrue();
        assertThat(log.distinct(r -> r.has("organization_id"))).containsExactly(false);
        assertThat(log.distinct(SimulatedLog::prefix).size()).isBetween(3, 12);
        assertThat(log.workPartition()).isGreaterThan(0.99);
        assertThat(log.sharedShingles()).isNotEmpty();
        assertThat(log.unevenness()).isLessThan(1);
        assertThat(log.records.size() / 100.0 / 5).isBetween(27.0, 33.0);
        assertThat(log.byHour()).hasSizeBetween(16, 17);
        log.byAccount()
                .values()
                .forEach(
                        own -> {
                            assertThat(own.stream().map(SimulatedLog::prefix).distinct())
                                    .hasSize(1);
                            // a run of UTC days cuts local days, and shifts, in two
                            List<Long> off =
                                    SimulatedLog.gaps(own).stream()
                                            .filter(g -> g > 24 * HOUR)
                                            .toList();
                            assertThat(off).hasSizeLessThanOrEqualTo(1);
                            long shift =
                                    own.stream()
                                            .map(r -> SimulatedLog.time(r) / HOUR % 24)
                                            .distinct()
                                            .count();
                            assertThat(shift).isBetween(8L, 9L);
                        });
    }

    @Test
    void everyDayTwoSeventhsOfTheAgentsRest() {
        SimulatedLog log = SimulatedLog.of(LookAlike.CALL_CENTRE, 150, 7);
        Map<Long, Set<String>> working = new HashMap<>();
        for (JsonNode record : log.records) {
            working.computeIfAbsent(SimulatedLog.time(record) / (24 * HOUR), d -> new HashSet<>())
                    .add(SimulatedLog.account(record));
        }

        assertThat(working.values()).allMatch(agents -> agents.size() > 75 && agents.size() < 145);
        assertThat(working.values().stream().mapToInt(Set::size).average().orElseThrow())
                .isBetween(95.0, 135.0);
    }

    @Test
    void colleaguesWriteAQuarterOfTheTurnsOfOneAnothersThreads() {
        SimulatedLog log = SimulatedLog.of(LookAlike.TEAM_THREADS, 50, 4);
        Map<String, List<JsonNode>> threads =
                log.records.stream()
                        .collect(Collectors.groupingBy(r -> r.get("conversation_id").asText()));
        long others = 0;
        long joint = 0;
        for (List<JsonNode> thread : threads.values()) {
            String owner = SimulatedLog.account(thread.get(0));
            long foreign =
                    thread.stream().filter(r -> !SimulatedLog.account(r).equals(owner)).count();
            others += foreign;
            joint += foreign > 0 ? 1 : 0;
        }

        assertThat((double) others / log.records.size()).isBetween(0.2, 0.3);
        assertThat((double) joint / threads.size()).isGreaterThan(0.4);
        assertThat((double) log.records.size() / threads.size()).isBetween(3.0, 7.0);
        assertThat(log.distinct(r -> r.get("organization_id").asText())).hasSize(1);
        assertThat(log.distinct(r -> r.get("payment_fingerprint").asText())).hasSize(1);
        assertThat(log.unevenness()).isGreaterThan(3);
        assertThat(log.sharedShingles()).isEmpty();
    }

    @Test
    void aThreadQuotesWhatColleaguesWroteInIt() {
        int quoted = 0;
        for (long seed = 1; seed <= 6; seed++) {
            SimulatedLog log = SimulatedLog.seeded(seed, LookAlike.TEAM_THREADS, 40, 2);
            Map<String, String> said = new HashMap<>();
            for (JsonNode record : log.records) {
                String thread = record.get("conversation_id").asText();
                JsonNode messages = record.path("messages");
                if (messages.size() > 2) {
                    String before = messages.get(messages.size() - 3).get("content").asText();
                    assertThat(said.get(thread)).startsWith(before);
                    quoted++;
                }
                said.put(thread, SimulatedLog.prompt(record));
            }
        }
        assertThat(quoted).isPositive();
    }

    @Test
    void moreColleaguesAreMoreTeams() {
        SimulatedLog log = SimulatedLog.of(LookAlike.TEAM_THREADS, 160, 4);
        Map<String, Set<String>> teams = new HashMap<>();
        Map<String, Set<String>> threads = new HashMap<>();
        for (JsonNode record : log.records) {
            String team = record.get("organization_id").asText();
            teams.computeIfAbsent(team, t -> new HashSet<>()).add(SimulatedLog.account(record));
            threads.computeIfAbsent(record.get("conversation_id").asText(), c -> new HashSet<>())
                    .add(team);
        }

        assertThat(teams).hasSize(3);
        assertThat(teams.values()).allMatch(team -> team.size() >= 40 && team.size() <= 60);
        assertThat(threads.values()).allMatch(team -> team.size() == 1);
    }
}
