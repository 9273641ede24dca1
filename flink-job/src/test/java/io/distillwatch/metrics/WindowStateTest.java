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
    private static final SlicePacker PACKER = new SlicePacker();
    private static final long PANE = 300_000;
    private static final long HOUR = 3_600_000;
    private static final long MIDNIGHT = 1_780_012_800_000L;

    @Test
    void anAccountWithTenExchangesADayHasLessThanOneKibibyte() {
        int largest = 0;
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            Key key = new Key(PLAN);
            long[] times = random.longs(20, MIDNIGHT, MIDNIGHT + 48 * HOUR).sorted().toArray();
            for (long time : times) {
                key.add(time, random);
            }
            largest = Math.max(largest, Bytes.of(CODEC, key.state).length);
        }
        assertThat(largest).isBetween(300, 1023);
    }

    @Test
    void tenExchangesWithinAnHourTakeNoMore() {
        Random random = new Random(1);
        Key key = new Key(PLAN);
        for (int i = 0; i < 10; i++) {
            key.add(MIDNIGHT + i * PANE, random);
        }
        assertThat(Bytes.of(CODEC, key.state)).hasSizeLessThan(1024);
        key.advance(MIDNIGHT + HOUR);
        assertThat(Bytes.of(CODEC, key.state)).as("as panes and as an hour").hasSizeLessThan(1536);
    }

    @Test
    void aYearTakesNoMoreThanADay() {
        Random random = new Random(2);
        Key key = new Key(PLAN);
        int afterADay = 0;
        int largest = 0;
        for (int hour = 0; hour < 365 * 24; hour++) {
            key.add(MIDNIGHT + hour * HOUR, random);
            if (hour >= 24 && hour % 24 == 0) {
                int size = Bytes.of(CODEC, key.state).length;
                afterADay = afterADay == 0 ? size : afterADay;
                largest = Math.max(largest, size);
            }
        }
        assertThat(largest).isLessThan(afterADay + 100);
    }

    @Test
    void readsWhatItWrote() {
        Random random = new Random(3);
        Key key = new Key(PLAN);
        for (int i = 0; i < 300; i++) {
            key.add(MIDNIGHT + i * 11 * 60_000L, random);
        }

        WindowState copy = Bytes.copy(CODEC, key.state);

        assertThat(Bytes.of(CODEC, copy)).isEqualTo(Bytes.of(CODEC, key.state));
        assertThat(copy.firstSeen()).isEqualTo(key.state.firstSeen());
        assertThat(copy.nextTurn(PLAN, key.now)).isEqualTo(key.state.nextTurn(PLAN, key.now));
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
        Key key = new Key(before);
        for (int pane = 1; pane <= 24; pane++) {
            key.add(MIDNIGHT + pane * PANE - 1, new Random(pane));
        }
        long end = MIDNIGHT + 2 * HOUR;
        assertThat(key.exchanges(2, 24 * HOUR, end)).isEqualTo(24);

        key.state = read(after, Bytes.of(new WindowState.Codec(before), key.state));
        key.plan = after;

        assertThat(key.exchanges(0, 2 * PANE, end)).isEqualTo(2);
        assertThat(key.exchanges(1, 24 * HOUR, end)).isEqualTo(24);
        key.add(end, new Random(25));
        assertThat(key.exchanges(0, 2 * PANE, end + PANE)).isEqualTo(2);
        key.advance(end + HOUR);
        assertThat(key.exchanges(1, 24 * HOUR, end + HOUR)).isEqualTo(25);
        key.advance(end + 2 * HOUR);
        assertThat(key.exchanges(2, 48 * HOUR, end + 2 * HOUR)).as("a new level").isEqualTo(25);
    }

    @Test
    void aNewLevelBetweenOthersBeginsWithWhatFinerOnesHold() throws IOException {
        WindowPlan before = plan("PT1H/PT5M PT24H/PT1H");
        WindowPlan after = plan("PT1H/PT5M PT1H/PT20M PT24H/PT1H");
        Key key = new Key(before);
        for (int pane = 1; pane <= 17; pane++) {
            key.add(MIDNIGHT + pane * PANE - 1, new Random(pane));
        }

        key.state = read(after, Bytes.of(new WindowState.Codec(before), key.state));
        key.plan = after;

        // Of the hour that had begun nothing is lost, though its slice is made of others now.
        key.advance(MIDNIGHT + 2 * HOUR);
        assertThat(key.exchanges(1, HOUR, MIDNIGHT + 2 * HOUR)).isEqualTo(5);
        assertThat(key.exchanges(2, 24 * HOUR, MIDNIGHT + 2 * HOUR)).isEqualTo(17);
    }

    @Test
    void aLevelThatLosesItsSourceMakesNoEmptySlice() throws IOException {
        WindowPlan before = plan("PT1H/PT20M PT24H/PT1H");
        WindowPlan after = plan("PT1H/PT30M PT24H/PT1H");
        Key key = new Key(before);
        key.add(MIDNIGHT + PANE - 1, new Random(1));
        key.advance(MIDNIGHT + HOUR - PANE);

        key.state = read(after, Bytes.of(new WindowState.Codec(before), key.state));
        key.plan = after;
        key.state.expire(after, MIDNIGHT + HOUR - PANE);
        key.state.rollUp(after, MIDNIGHT + HOUR, PACKER);

        for (int level = 0; level < after.levels().size(); level++) {
            boolean made = key.state.has(level, MIDNIGHT + HOUR);
            assertThat(key.exchanges(level, HOUR, MIDNIGHT + HOUR)).isEqualTo(made ? 1 : 0);
        }
    }

    /** A key's state and its timer, as the job drives them. */
    private static final class Key {

        private WindowPlan plan;
        private WindowState state;
        private long now = Long.MIN_VALUE;

        Key(WindowPlan plan) {
            this.plan = plan;
            this.state = new WindowState(plan.levels().size());
        }

        void add(long time, Random random) {
            Slice slice = new Slice();
            slice.add(
                    Samples.sample(random.nextLong(), "acct", time)
                            .inFamily(random.nextLong())
                            .costing(random.nextInt(5_000), random.nextInt(5_000))
                            .with(random.nextLong(), 0, 0)
                            .exchange(),
                    random.nextLong());
            long end = WindowPlan.paneEnd(time, PANE);
            advance(end - PANE);
            state.add(plan, end, slice, PACKER);
            state.rollUp(plan, end, PACKER);
            now = end;
        }

        void advance(long to) {
            while (now != Long.MIN_VALUE && state.nextTurn(plan, now) <= to) {
                now = state.nextTurn(plan, now);
                state.rollUp(plan, now, PACKER);
                if (state.expire(plan, now)) {
                    state = new WindowState(plan.levels().size());
                    now = Long.MIN_VALUE;
                }
            }
        }

        long exchanges(int level, long size, long end) {
            WindowSum sum = new WindowSum();
            state.sum(level, end - size, end, sum);
            return sum.exchanges();
        }
    }

    private static WindowState read(WindowPlan plan, byte[] bytes) throws IOException {
        return new WindowState.Codec(plan).read(Bytes.reader(bytes));
    }

    private static WindowPlan plan(String windows) {
        return new WindowPlan(WindowsOracleTest.settings(windows));
    }
}
