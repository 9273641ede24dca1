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
    private static final WindowState.Codec CODEC = new WindowState.Codec(PLAN);
    private static final long PANE = 300_000;
    private static final long HOUR = 3_600_000;
    private static final long MIDNIGHT = 1_780_012_800_000L;

    @Test
    void anAccountWithTenExchangesADayHasLessThanOneKibibyte() {
        int largest = 0;
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            WindowState state = new WindowState(PLAN.levels().size());
            long[] times = random.longs(20, MIDNIGHT, MIDNIGHT + 48 * HOUR).sorted().toArray();
            for (long time : times) {
                add(state, time, random);
            }
            largest = Math.max(largest, Bytes.of(CODEC, state).length);
        }
        assertThat(largest).isBetween(300, 1023);
    }

    @Test
    void tenExchangesWithinAnHourTakeNoMore() {
        Random random = new Random(1);
        WindowState state = new WindowState(PLAN.levels().size());
        for (int i = 0; i < 10; i++) {
            add(state, MIDNIGHT + i * PANE, random);
        }
        assertThat(Bytes.of(CODEC, state)).hasSizeLessThan(1024);
    }

    @Test
    void aYearTakesNoMoreThanADay() {
        Random random = new Random(2);
        WindowState state = new WindowState(PLAN.levels().size());
        int afterADay = 0;
        int largest = 0;
        for (int hour = 0; hour < 365 * 24; hour++) {
            add(state, MIDNIGHT + hour * HOUR, random);
            if (hour >= 24 && hour % 24 == 0) {
                int size = Bytes.of(CODEC, state).length;
                afterADay = afterADay == 0 ? size : afterADay;
                largest = Math.max(largest, size);
            }
        }
        assertThat(largest).isLessThan(afterADay + 100);
    }

    @Test
    void readsWhatItWrote() {
        Random random = new Random(3);
        WindowState state = new WindowState(PLAN.levels().size());
        for (int i = 0; i < 300; i++) {
            add(state, MIDNIGHT + i * 11 * 60_000L, random);
        }

        WindowState copy = Bytes.copy(CODEC, state);

        assertThat(Bytes.of(CODEC, copy)).isEqualTo(Bytes.of(CODEC, state));
        assertThat(copy.firstSeen()).isEqualTo(state.firstSeen());
        assertThat(copy.recentExchanges()).isEqualTo(state.recentExchanges());
        assertThat(copy.expiry(PLAN)).isEqualTo(state.expiry(PLAN));
    }

    @Test
    void aVersionThatIsNotKnownIsRefused() {
        assertThatThrownBy(() -> CODEC.read(Bytes.reader(new byte[] {99})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 99");
    }

    @Test
    void whenOtherWindowsAreConfiguredSlicesStayWithTheirSlide() throws IOException {
        WindowPlan before = plan("PT5M/PT5M PT3H/PT15M PT24H/PT1H");
        WindowPlan after = plan("PT10M/PT5M PT24H/PT1H PT48H/PT2H");
        WindowState state = new WindowState(before.levels().size());
        for (int pane = 1; pane <= 24; pane++) {
            add(state, before, MIDNIGHT + pane * PANE - 1, new Random(pane));
        }
        long end = MIDNIGHT + 2 * HOUR;
        assertThat(exchanges(state, before, 2, 24 * HOUR, end)).isEqualTo(24);

        WindowState changed = read(after, Bytes.of(new WindowState.Codec(before), state));

        assertThat(exchanges(changed, after, 0, 2 * PANE, end)).as("the last pane kept").isOne();
        assertThat(exchanges(changed, after, 1, 24 * HOUR, end)).isEqualTo(24);
        assertThat(exchanges(changed, after, 2, 48 * HOUR, end)).as("a new level").isZero();
        add(changed, after, end, new Random(25));
        assertThat(exchanges(changed, after, 0, 2 * PANE, end + PANE)).isEqualTo(2);
        assertThat(exchanges(changed, after, 1, 24 * HOUR, end + HOUR)).isEqualTo(25);
        assertThat(exchanges(changed, after, 2, 48 * HOUR, end + 2 * HOUR)).isOne();
    }

    private static long exchanges(
            WindowState state, WindowPlan plan, int level, long size, long end) {
        long slide = plan.levels().get(level).slide();
        WindowSum sum = new WindowSum();
        state.sum(level, new WindowPlan.Window(size, slide), end, sum);
        return sum.exchanges();
    }

    private static WindowState read(WindowPlan plan, byte[] bytes) throws IOException {
        return new WindowState.Codec(plan).read(Bytes.reader(bytes));
    }

    private static WindowPlan plan(String windows) {
        return new WindowPlan(WindowsOracleTest.settings(windows));
    }

    private static void add(WindowState state, long time, Random random) {
        add(state, PLAN, time, random);
    }

    private static void add(WindowState state, WindowPlan plan, long time, Random random) {
        Slice slice = new Slice();
        slice.add(
                Samples.sample(random.nextLong(), "acct", time)
                        .inFamily(random.nextLong())
                        .costing(random.nextInt(5_000), random.nextInt(5_000))
                        .with(random.nextLong(), 0, 0)
                        .exchange(),
                random.nextLong());
        state.add(plan, WindowPlan.paneEnd(time, PANE), slice);
    }
}
