package io.distillwatch.workbench.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One program at independent people's: what makes each look alike, and what tells them apart. */
class AssistantsTest {

    @Test
    void mailsComeAtRandomToPeopleWhoEachPayForThemselves() {
        SimulatedLog log = SimulatedLog.of(LookAlike.MAIL_AGENT, 150, 2);

        assertThat(log.workPartition()).isGreaterThan(0.99);
        assertThat(log.unevenness()).isBetween(4.0, 60.0);
        assertThat(log.records.size() / 150.0 / 2).isBetween(18.0, 34.0);
        assertThat(log.births()).isGreaterThan(Duration.ofDays(300));
        assertThat(log.present("payment_fingerprint")).hasSize(150);
        assertThat(log.distinct(SimulatedLog::prefix)).hasSizeGreaterThan(130);
        assertThat(log.distinct(r -> r.get("user_agent").asText())).hasSizeBetween(2, 6);
        assertThat(log.byHour()).hasSize(24);
    }

    @Test
    void remindersComeAtTheSameHoursAndSomeAreNotAnswered() {
        SimulatedLog log = SimulatedLog.of(LookAlike.REMINDER_APP, 150, 4);
        List<Integer> counts = log.byAccount().values().stream().map(List::size).toList();

        assertThat(log.workPartition()).isGreaterThan(0.99);
        assertThat(log.records.size() / 150.0 / 4).isBetween(2.1, 2.6);
        // binomial: less than Poisson
        assertThat(log.unevenness()).isLessThan(0.5);
        assertThat(counts).doesNotContain(0).anyMatch(count -> count < 10);
        assertThat(log.births()).isBetween(Duration.ofDays(8), Duration.ofDays(20));
        assertThat(log.present("payment_fingerprint")).isEmpty();
        assertThat(log.distinct(r -> r.get("user_agent").asText())).hasSize(1);
    }
}
