package io.distillwatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distillwatch.settings.DetectionSettings;
import io.distillwatch.testing.Bytes;
import io.distillwatch.testing.Samples;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowStateTest {

    private static final WindowPlan PLAN = new WindowPlan(DetectionSettings.defaults());
    private static final long PANE = 300_000;
    private static final long HOUR = 3_600_000;
    private static final long MIDNIGHT = 1_780_012_800_000L;

    @Test
    void anAccountWithTenExchangesADayHasLessThanOneKibibyte() {
        int largest = 0;
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            WindowState state = new WindowState();
            long[] times = random.longs(20, MIDNIGHT, MIDNIGHT + 48 * HOUR).sorted().toArray();
            for (long time : times) {
                add(state, time, random);
            }
            largest = Math.max(largest, Bytes.of(new WindowState.Codec(), state).length);
        }
        assertThat(largest).isBetween(300, 1023);
    }

    @Test
    void tenExchangesWithinAnHourTakeNoMore() {
        Random random = new Random(1);
        WindowState state = new WindowState();
        for (int i = 0; i < 10; i++) {
            add(state, MIDNIGHT + i * PANE, random);
        }
        assertThat(Bytes.of(new WindowState.Codec(), state)).hasSizeLessThan(1024);
    }

    @Test
    void aYearTakesNoMoreThanADay() {
        Random random = new Random(2);
        WindowState state = new WindowState();
        int afterADay = 0;
        int largest = 0;
        for (int hour = 0; hour < 365 * 24; hour++) {
            add(state, MIDNIGHT + hour * HOUR, random);
            if (hour >= 24 && hour % 24 == 0) {
                int size = Bytes.of(new WindowState.Codec(), state).length;
                afterADay = afterADay == 0 ? size : afterADay;
                largest = Math.max(largest, size);
            }
        }
        assertThat(largest).isLessThan(afterADay + 100);
    }

    @Test
    void readsWhatItWrote() {
        Random random = new Random(3);
        WindowState state = new WindowState();
        for (int i = 0; i < 300; i++) {
            add(state, MIDNIGHT + i * 11 * 60_000L, random);
        }

        WindowState copy = Bytes.copy(new WindowState.Codec(), state);

        assertThat(Bytes.of(new WindowState.Codec(), copy))
                .isEqualTo(Bytes.of(new WindowState.Codec(), state));
        assertThat(copy.firstSeen()).isEqualTo(state.firstSeen());
        assertThat(copy.recentExchanges()).isEqualTo(state.recentExchanges());
        assertThat(copy.expiry(PLAN)).isEqualTo(state.expiry(PLAN));
    }

    @Test
    void aVersionThatIsNotKnownIsRefused() {
        assertThatThrownBy(() -> new WindowState.Codec().read(Bytes.reader(new byte[] {99})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 99");
    }

    private static void add(WindowState state, long time, Random random) {
        Slice slice = new Slice();
        slice.add(
                Samples.sample(random.nextLong(), "acct", time)
                        .inFamily(random.nextLong())
                        .costing(random.nextInt(5_000), random.nextInt(5_000))
                        .with(random.nextLong(), 0, 0)
                        .exchange(),
                random.nextLong());
        state.add(PLAN, WindowPlan.paneEnd(time, PANE), slice);
    }
}
