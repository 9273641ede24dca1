package io.distillwatch.workbench.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Accounts opened for devices, branches and customers: what makes each look alike, and not. */
class FleetsTest {

    @Test
    void devicesAreSoldTogetherAndCallEveryHourFromTheirOwnHomes() {
        SimulatedLog log = SimulatedLog.of(LookAlike.DEVICE_FLEET, 100, 2);

        assertThat(log.workPartition()).isGreaterThan(0.99);
        assertThat(log.unevenness()).isLessThan(0.1);
        assertThat(log.births()).isBetween(Duration.ofDays(5), Duration.ofDays(10));
        assertThat(log.sharedShingles()).isNotEmpty();
        assertThat(log.distinct(SimulatedLog::prefix)).hasSizeGreaterThan(90);
        assertThat(log.present("payment_fingerprint")).hasSizeGreaterThan(40);
        assertThat(log.present("organization_id")).isEmpty();
    }

    @Test
    void aDeviceKeepsToItsMinute() {
        SimulatedLog log = SimulatedLog.of(LookAlike.DEVICE_FLEET, 20, 1);

        log.byAccount()
                .forEach(
                        (account, own) -> {
                            assertThat(own).hasSizeBetween(22, 25);
                            Set<Long> minutes =
                                    own.stream()
                                            .map(r -> SimulatedLog.time(r) / 60_000 % 60)
                                            .collect(Collectors.toSet());
                            // a few seconds late may be the next minute
                            assertThat(minutes).hasSizeLessThanOrEqualTo(3);
                        });
    }

    @Test
    void branchesShareACardAndABirthdayAndServeWhenTheyAreOpen() {
        SimulatedLog log = SimulatedLog.of(LookAlike.BRANCHES, 100, 3);

        assertThat(log.workPartition()).isGreaterThan(0.99);
        assertThat(log.present("payment_fingerprint")).hasSize(1);
        assertThat(log.present("organization_id")).isEmpty();
        assertThat(log.births()).isLessThan(Duration.ofHours(9));
        assertThat(log.distinct(r -> r.get("user_agent").asText())).hasSize(1);
        assertThat(log.distinct(SimulatedLog::prefix)).hasSizeGreaterThan(80);
        // large and small ones, and closed at night: 12 hours of the 24
        assertThat(log.unevenness()).isGreaterThan(5);
        assertThat(log.byHour()).hasSizeLessThanOrEqualTo(13);
    }

    @Test
    void tenantsArePaidForByOneAndDifferByHalf() {
        SimulatedLog log = SimulatedLog.of(LookAlike.TENANT_SERVICE, 120, 2);

        assertThat(log.workPartition()).isGreaterThan(0.99);
        assertThat(log.present("payment_fingerprint")).hasSize(1);
        assertThat(log.present("organization_id")).isEmpty();
        assertThat(log.distinct(SimulatedLog::prefix)).hasSizeBetween(2, 10);
        assertThat(log.unevenness()).isBetween(4.0, 40.0);
        assertThat(log.byHour()).hasSize(24);
    }
}
