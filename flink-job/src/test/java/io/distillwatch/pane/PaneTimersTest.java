package io.distillwatch.pane;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.pane.Tally.Number;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaneTimersTest {

    private static final int KEYS = 5;
    private static final int UNBOUNDED = 100_000;

    /** Whatever comes between, also a restore: each alarm goes off at its time, and once. */
    @ParameterizedTest
    @ValueSource(ints = {2, UNBOUNDED})
    void everyTimeThatWasAskedForComes(int cached) throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            TreeMap<String, TreeSet<Long>> expected = new TreeMap<>();
            List<String> output = new ArrayList<>();
            OperatorSubtaskState state = null;
            long now = 0;
            for (int part = 0; part < 4; part++) {
                try (Harness harness = new Harness(cached, state)) {
                    for (int i = 0; i < 100; i++) {
                        now += random.nextInt(2 * (int) Tally.PANE);
                        String key = "key-" + random.nextInt(KEYS);
                        long ahead = random.nextInt(4) == 0 ? 50 : 3;
                        long panes = 1 + (long) (ahead * random.nextDouble());
                        harness.processElement(new Number(key, now, panes), now);
                        expected.computeIfAbsent(key, k -> new TreeSet<>())
                                .add(Tally.paneEndOf(now) + panes * Tally.PANE - 1);
                        harness.processWatermark(now);

                        assertThat(harness.numEventTimeTimers())
                                .as("seed %d: two a key at most", seed)
                                .isLessThanOrEqualTo(2 * KEYS);
                    }
                    if (part == 3) {
                        harness.processWatermark(now + 1_000 * Tally.PANE);
                        assertThat(harness.numEventTimeTimers()).isZero();
                    }
                    state = harness.snapshot(part, part);
                    output.addAll(harness.extractOutputValues());
                }
            }
            List<String> alarms = new ArrayList<>();
            expected.forEach((key, times) -> times.forEach(time -> alarms.add(key + " " + time)));
            assertThat(output).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(alarms);
        }
    }

    /** Asks to be called a number of panes later, for each number. */
    private static final class Alarms
            extends PaneFunction<String, Number, TreeSet<Long>, TreeSet<Long>, Void, String> {

        private final int cached;

        Alarms(int cached) {
            this.cached = cached;
        }

        @Override
        protected long paneEnd(Number input) {
            return Tally.paneEndOf(input.time());
        }

        @Override
        protected TreeSet<Long> newPane(String key) {
            return new TreeSet<>();
        }

        @Override
        protected void add(TreeSet<Long> pane, Number input) {
            pane.add(paneEnd(input) + input.value() * Tally.PANE - 1);
        }

        @Override
        protected TreeSet<Long> newState(String key) {
            return new TreeSet<>();
        }

        @Override
        protected void closePane(
                String key,
                long paneEnd,
                TreeSet<Long> pane,
                Context<TreeSet<Long>, String> context) {
            context.state().addAll(pane);
            context.timer(context.state().first());
        }

        @Override
        protected void onTimer(String key, long time, Context<TreeSet<Long>, String> context) {
            TreeSet<Long> due = context.state();
            if (due.first() == time) {
                due.pollFirst();
                context.emit(key + " " + time);
            }
            if (due.isEmpty()) {
                context.clearState();
            } else {
                context.timer(due.first());
            }
        }

        @Override
        protected RecordCodec<TreeSet<Long>> paneCodec() {
            return new TimesCodec();
        }

        @Override
        protected RecordCodec<TreeSet<Long>> stateCodec() {
            return new TimesCodec();
        }

        @Override
        protected int maxCachedStates() {
            return cached;
        }
    }

    /** Bytes of times. */
    private static final class TimesCodec implements RecordCodec<TreeSet<Long>> {

        @Override
        public void write(TreeSet<Long> times, DataOutputView out) throws IOException {
            Wire.writeLongs(out, times.stream().mapToLong(time -> time).toArray());
        }

        @Override
        public TreeSet<Long> read(DataInputView in) throws IOException {
            TreeSet<Long> times = new TreeSet<>();
            for (long time : Wire.readLongs(in)) {
                times.add(time);
            }
            return times;
        }
    }

    private static final class Harness
            extends KeyedOneInputStreamOperatorTestHarness<String, Number, String> {

        Harness(int cached, OperatorSubtaskState state) throws Exception {
            super(new PaneOperator<>(new Alarms(cached)), Number::key, Types.STRING, 16, 1, 0);
            setup(StringSerializer.INSTANCE);
            if (state == null) {
                initializeEmptyState();
            } else {
                initializeState(state);
            }
            open();
        }
    }
}
