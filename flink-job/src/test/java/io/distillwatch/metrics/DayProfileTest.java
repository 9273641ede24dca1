package io.distillwatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.testing.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who works as a machine does. */
class DayProfileTest {

    private static final long START = 1_780_012_800_000L;
    private static final long HOUR = 3_600_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shareOfTheDealtOutThatIsSteadyIsLargeAndOfPeopleSmall(long seed) {
        Random random = new Random(seed);
        int machines = 0;
        int people = 0;
        for (int i = 0; i < 200; i++) {
            machines += poisson(random, 25).steady() ? 1 : 0;
            people += sessions(random, 25).steady() ? 1 : 0;
        }

        assertThat(machines).isGreaterThan(170);
        assertThat(people).isLessThan(10);
    }

    @Test
    void aFewExchangesOrHoursTellNothing() {
        DayProfile few = new DayProfile();
        for (int hour = 0; hour < 9; hour++) {
            few.add(START + hour * HOUR);
        }
        DayProfile brief = new DayProfile();
        for (int i = 0; i < 40; i++) {
            brief.add(START + i * HOUR / 8);
        }

        assertThat(few.steady()).isFalse();
        assertThat(brief.steady()).isFalse();
    }

    @Test
    void whatIsMoreThanADayOldIsForgotten() {
        DayProfile profile = poisson(new Random(7), 40);
        assertThat(profile.steady()).isTrue();

        profile.add(START + 72 * HOUR);

        assertThat(profile.steady()).isFalse();
    }

    @Test
    void hoursAreKnownOfWhoIsSteadyOnlyNewestLast() {
        DayProfile machine = new DayProfile();
        for (int hour = 0; hour < 30; hour++) {
            for (int i = 0; i < 1 + hour % 2; i++) {
                machine.add(START + hour * HOUR + i);
            }
        }
        machine.add(START + 29 * HOUR + 10);

        byte[] hours = machine.hoursIfSteady();

        assertThat(hours).hasSize(24).startsWith(1, 2, 1, 2).endsWith(1, 2, 1, 3);
        assertThat(sessions(new Random(9), 25).hoursIfSteady()).isEmpty();
        assertThat(hoursOfTheFirst(12)).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    }

    @Test
    void countsTheExchangesOfTheLast24HoursOfTheClock() {
        Random random = new Random(4);
        DayProfile profile = new DayProfile();
        List<Long> times = new ArrayList<>();
        long time = START;
        for (int i = 0; i < 2_000; i++) {
            time += (long) (HOUR * Math.pow(10, 4 * random.nextDouble() - 2.5));
            times.add(time);
            profile.add(time);

            long since = Math.floorDiv(time, HOUR) * HOUR - 23 * HOUR;
            assertThat(profile.exchanges())
                    .as("after %d", i)
                    .isEqualTo(times.stream().filter(t -> t >= since).count());
        }
    }

    private static byte[] hoursOfTheFirst(int hours) {
        DayProfile machine = new DayProfile();
        for (int hour = 0; hour < hours; hour++) {
            machine.add(START + hour * HOUR);
        }
        return machine.hoursIfSteady();
    }

    @Test
    void comesBackFromItsBytes() throws IOException {
        DayProfile profile = poisson(new Random(8), 30);
        byte[] bytes = Bytes.of(profile::write);

        DayProfile copy = DayProfile.read(Bytes.reader(bytes));

        assertThat(Bytes.of(copy::write)).isEqualTo(bytes);
        assertThat(bytes).hasSize(40);
    }

    private static DayProfile poisson(Random random, int perDay) {
        DayProfile profile = new DayProfile();
        long[] times =
                random.doubles(perDay).mapToLong(u -> START + (long) (u * 24 * HOUR)).toArray();
        java.util.Arrays.sort(times);
        for (long time : times) {
            profile.add(time);
        }
        return profile;
    }

    /** Sessions of five by day, none by night. */
    private static DayProfile sessions(Random random, int perDay) {
        DayProfile profile = new DayProfile();
        long[] starts =
                random.doubles(perDay / 5)
                        .mapToLong(u -> START + (long) ((8 + u * 15) * HOUR))
                        .toArray();
        java.util.Arrays.sort(starts);
        for (long start : starts) {
            for (int i = 0; i < 5; i++) {
                profile.add(start + i * 90_000);
            }
        }
        profile.add(START + 23 * HOUR);
        return profile;
    }
}
