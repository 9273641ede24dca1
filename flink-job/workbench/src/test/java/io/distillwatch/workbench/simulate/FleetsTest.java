package io.distillwatch.workbench.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Accounts that were opened for things: what makes them look alike, and what tells them apart. */
class FleetsTest {

    private static final long HOUR = 3_600_000L;

    @Test
    void aFleetCallsOnceAnHourEachDeviceAtItsOwnMinuteFromItsOwnHome() {
        SimulatedLog log = SimulatedLog.of(LookAlike.DEVICE_FLEET, 150, 2);

        assertThat(log.byAccount()).hasSize(150);
        assertThat(log.unevenness()).isLessThan(0.1);
        assertThat(log.records.size()).isBetween(150 * 47, 150 * 49);
        assertThat(log.workPartition()).isGreaterThan(0.99);
        assertThat(log.sharedShingles()).isNotEmpty();
        assertThat(log.births())
                .allMatch(
                        born ->
                                SimulatedLog.daysBefore(born) > 0
                                        && SimulatedLog.daysBefore(born) <= 10);
        assertThat(log.distinct(r -> r.get("user_agent").asText()).size()).isBetween(2, 3);
        assertThat(log.distinct(SimulatedLog::prefix)).hasSizeGreaterThan(140);
        assertThat(log.distinct(r -> r.path("payment_fingerprint").asText()))
                .hasSizeBetween(75, 125);
        Set<Long> minutes = new HashSet<>();
        log.byAccount()
                .values()
                .forEach(
                        own -> {
                            assertThat(SimulatedLog.gaps(own))
                                    .allMatch(gap -> Math.abs(gap - HOUR) < 60_000L);
                            assertThat(own.stream().map(SimulatedLog::prefix).distinct())
                                    .hasSize(1);
                            minutes.add(SimulatedLog.time(own.get(0)) / 60_000 % 60);
                        });
        assertThat(minutes).hasSizeGreaterThan(45);
        assertThat(log.byHour()).hasSize(24);
    }

    @Test
    void branchesAreOpenedAtOnceOnOneCardAndSellAsCustomersCome() {
        SimulatedLog log = SimulatedLog.of(LookAlike.BRANCHES_ONE_CARD, 120, 2);

        assertThat(log.hasOnePayerAndClient()).isTrue();
        assertThat(log.distinct(r -> r.has("organization_id"))).containsExactly(false);
        assertThat(SimulatedLog.spanMillis(log.births())).isLessThan(6 * HOUR);
        assertThat(log.births())
                .allMatch(
                        born ->
                                SimulatedLog.daysBefore(born) > 4
                                        && SimulatedLog.daysBefore(born) <= 40);
        assertThat(log.distinct(SimulatedLog::prefix)).hasSizeGreaterThan(110);
        assertThat(log.workPartition()).isGreaterThan(0.99);
        assertThat(log.sharedShingles()).isNotEmpty();
        assertThat(log.records.size() / 120.0 / 2).isBetween(20.0, 34.0);
        assertThat(log.unevenness()).isBetween(4.0, 25.0);
        assertThat(log.byHour().size()).isBetween(8, 13);
        assertComesAtRandom(log, 12.0 / 27);
    }

    @Test
    void tenantsOfAServiceComeFromItsAddressesOnItsPayment() {
        for (long seed = 1; seed <= 10; seed++) {
            SimulatedLog log = SimulatedLog.seeded(seed, LookAlike.TENANT_SERVICE, 100, 2);

            assertThat(log.hasOnePayerAndClient()).isTrue();
            assertThat(log.distinct(r -> r.has("organization_id"))).containsExactly(false);
            assertThat(log.distinct(SimulatedLog::prefix).size()).isBetween(2, 10);
            assertThat(log.workPartition()).isGreaterThan(0.99);
            assertThat(log.unevenness()).isBetween(4.0, 30.0);
            assertThat(log.records.size() / 100.0 / 2).isBetween(15.0, 27.0);
            assertThat(log.births())
                    .allMatch(
                            born ->
                                    SimulatedLog.daysBefore(born) > 0
                                            && SimulatedLog.daysBefore(born) <= 730);
        }
        SimulatedLog usual = SimulatedLog.of(LookAlike.TENANT_SERVICE, 150, 1);
        assertThat(usual.sharedShingles()).isNotEmpty();
    }

    @Test
    void aServiceIsNewOrOldAndWorksByNightOrAlways() {
        Set<Boolean> fresh = new HashSet<>();
        Set<Boolean> nightly = new HashSet<>();
        for (long seed = 1; seed <= 10; seed++) {
            SimulatedLog log = SimulatedLog.seeded(seed, LookAlike.TENANT_SERVICE, 60, 2);
            int hours = log.byHour().size();
            assertThat(hours).isIn(3, 24);
            nightly.add(hours == 3);
            double age =
                    log.births().stream().mapToDouble(SimulatedLog::daysBefore).max().orElse(0);
            assertThat(age).matches(days -> days <= 10 || days > 600);
            fresh.add(age <= 10);
            if (hours == 24) {
                assertComesAtRandom(log, 24.0 / 20);
            }
        }
        assertThat(fresh).hasSize(2);
        assertThat(nightly).hasSize(2);
    }

    /** Of a Poisson process, more than a fifth of the gaps are below a quarter of the mean. */
    private static void assertComesAtRandom(SimulatedLog log, double meanHours) {
        List<Long> gaps =
                log.byAccount().values().stream()
                        .flatMap(own -> SimulatedLog.gaps(own).stream())
                        .toList();
        double brief =
                gaps.stream().filter(gap -> gap < meanHours * HOUR / 4).count()
                        / (double) gaps.size();
        assertThat(brief).isBetween(0.18, 0.4);
    }
}
