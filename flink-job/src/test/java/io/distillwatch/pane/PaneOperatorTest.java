package io.distillwatch.pane;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.pane.Tally.Number;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaneOperatorTest {

    private static final int MAX_PARALLELISM = 16;
    private static final int UNBOUNDED = 100_000;
    private static final long DISORDER = 2 * Tally.PANE;

    @Test
    void recordsInAnyOrderGiveTheSameOutput() throws Exception {
        List<Number> numbers = numbers(new Random(1), 40, 2_000);
        List<String> inOrder = run(arrivals(numbers, new Random(0), 0));

        assertThat(inOrder).hasSizeGreaterThan(500).isEqualTo(oracle(numbers));
        for (int seed = 0; seed < 5; seed++) {
            assertThat(run(arrivals(numbers, new Random(seed), DISORDER)))
                    .as("seed %d", seed)
                    .isEqualTo(inOrder);
        }
    }

    @Test
    void aPaneClosesOnceAndTakesNothingAfterwards() throws Exception {
        try (Harness harness = open(1, 0, UNBOUNDED, null)) {
            harness.processElement(new Number("a", 10, 1), 10);
            harness.processElement(new Number("a", 999, 2), 999);
            harness.processWatermark(998);
            assertThat(harness.extractOutputValues()).isEmpty();

            harness.processWatermark(999);
            harness.processElement(new Number("a", 500, 100), 500);
            harness.processWatermark(1_500);
            harness.processElement(new Number("a", 999, 100), 999);
            harness.processWatermark(1_999);

            assertThat(harness.extractOutputValues()).containsExactly("a 1000: 3 of 3");
        }
    }

    @Test
    void resultsCarryTheTimeOfTheirPane() throws Exception {
        try (Harness harness = open(1, 0, UNBOUNDED, null)) {
            harness.processElement(new Number("a", 10, 1), 10);
            harness.processWatermark(100_000);

            assertThat(harness.extractOutputStreamRecords())
                    .extracting(record -> record.getTimestamp())
                    .containsExactly(999L, 4_000L);
        }
    }

    @Test
    void aLeapOfTheWatermarkInterleavesTimersAndPanes() throws Exception {
        try (Harness harness = open(1, 0, UNBOUNDED, null)) {
            harness.processElement(new Number("a", 0, 1), 0);
            harness.processElement(new Number("a", 20_000, 5), 20_000);
            harness.processElement(new Number("b", 2_000, 2), 2_000);
            harness.processElement(new Number("b", 5_999, 2), 5_999);
            harness.processWatermark(1_000_000);

            assertThat(harness.extractOutputValues())
                    .containsExactly(
                            "a 1000: 1 of 1",
                            "b 3000: 2 of 2",
                            "a 4000: gone with 1",
                            "b 6000: 2 of 4",
                            "b 9000: gone with 4",
                            "a 21000: 5 of 5",
                            "a 24000: gone with 5");
            assertThat(harness.getOutput())
                    .filteredOn(element -> element instanceof Watermark)
                    .extracting(element -> ((Watermark) element).getTimestamp())
                    .containsExactly(999L, 2_999L, 5_999L, 20_999L, 1_000_000L);
        }
    }

    @Test
    void aPaneThatClosesJustBeforeTheSilenceIsOverKeepsTheKey() throws Exception {
        try (Harness harness = open(1, 0, UNBOUNDED, null)) {
            harness.processElement(new Number("a", 0, 1), 0);
            harness.processElement(new Number("a", 3_999, 1), 3_999);
            harness.processWatermark(4_000);

            assertThat(harness.extractOutputValues())
                    .containsExactly("a 1000: 1 of 1", "a 4000: 1 of 2");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 100, 1_000, 7_500, 1_000_000})
    void theStepOfTheWatermarkDoesNotMatter(long step) throws Exception {
        List<Number> numbers = numbers(new Random(2), 10, 300);
        try (Harness harness = open(1, 0, UNBOUNDED, null)) {
            long watermark = step;
            for (Number number : numbers) {
                while (watermark < number.time()) {
                    harness.processWatermark(watermark);
                    watermark += step;
                }
                harness.processElement(number, number.time());
            }
            harness.processWatermark(10_000_000);

            assertThat(sorted(harness.extractOutputValues())).isEqualTo(oracle(numbers));
        }
    }

    @Test
    void stoppingAndRestoringWithOpenPanesChangesNothing() throws Exception {
        List<Number> numbers = numbers(new Random(3), 20, 400);
        List<String> uninterrupted = oracle(numbers);
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            int[] parallelism = {
                1 + random.nextInt(4), 1 + random.nextInt(4), 1 + random.nextInt(4)
            };
            List<Arrival> arrivals = arrivals(numbers, random, DISORDER);

            List<String> interrupted = runInParts(arrivals, parallelism, random, UNBOUNDED);

            assertThat(interrupted)
                    .as("seed %d, parallelism %s", seed, List.of(parallelism[0], parallelism[1]))
                    .isEqualTo(uninterrupted);
        }
    }

    @Test
    void aPaneThatWasClosedBeforeAStopTakesNothingAfterIt() throws Exception {
        OperatorSubtaskState stopped;
        try (Harness harness = open(1, 0, UNBOUNDED, null)) {
            harness.processElement(new Number("a", 10, 1), 10);
            harness.processElement(new Number("a", 2_500, 2), 2_500);
            harness.processWatermark(1_200);
            stopped = harness.snapshot(1, 1);
        }
        int subtask = subtaskOf("a", 2);
        OperatorSubtaskState own =
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        stopped, MAX_PARALLELISM, 1, 2, subtask);
        try (Harness harness = open(2, subtask, UNBOUNDED, own)) {
            // Watermarks begin anew: as far as they tell, this one would be in time.
            harness.processElement(new Number("a", 20, 100), 20);
            harness.processWatermark(500);
            harness.processElement(new Number("a", 30, 100), 30);
            harness.processElement(new Number("a", 1_300, 4), 1_300);
            harness.processWatermark(3_000);

            assertThat(harness.extractOutputValues())
                    .containsExactly("a 2000: 4 of 5", "a 3000: 2 of 7");
        }
    }

    @Test
    void whatWasDrainedGoesOn() throws Exception {
        OperatorSubtaskState drained;
        try (Harness harness = open(1, 0, UNBOUNDED, null)) {
            harness.processElement(new Number("a", 2_500, 2), 2_500);
            harness.processWatermark(Watermark.MAX_WATERMARK);
            drained = harness.snapshot(1, 1);
        }
        try (Harness harness = open(1, 0, UNBOUNDED, drained)) {
            harness.processElement(new Number("a", 2_600, 100), 2_600);
            harness.processElement(new Number("a", 3_100, 4), 3_100);
            harness.processWatermark(4_000);

            assertThat(harness.extractOutputValues()).containsExactly("a 4000: 4 of 4");
        }
    }

    @Test
    void statesThatAreEvictedComeBack() throws Exception {
        List<Number> numbers = numbers(new Random(4), 50, 2_000);
        List<Arrival> arrivals = arrivals(numbers, new Random(4), DISORDER);
        try (Harness harness = open(1, 0, 2, null)) {
            arrivals.forEach(harness::arrive);
            // What the cache had to let go lies in the keyed state, without any checkpoint.
            assertThat(harness.numKeyedStateEntries()).isPositive();

            harness.processWatermark(10_000_000);

            assertThat(sorted(harness.extractOutputValues())).isEqualTo(oracle(numbers));
        }
        assertThat(runInParts(arrivals, new int[] {2, 1, 3}, new Random(5), 2))
                .isEqualTo(oracle(numbers));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, UNBOUNDED})
    void noStateAndNoTimerIsLeftAtTheEnd(int cached) throws Exception {
        try (Harness harness = open(1, 0, cached, null)) {
            List<Arrival> arrivals =
                    arrivals(numbers(new Random(6), 30, 500), new Random(6), DISORDER);
            for (int i = 0; i < arrivals.size(); i++) {
                harness.arrive(arrivals.get(i));
                if (i % 100 == 50) {
                    harness.snapshot(i, i);
                    assertThat(harness.numKeyedStateEntries()).isPositive();
                }
            }
            harness.processWatermark(10_000_000);
            harness.snapshot(1_000, 1_000);

            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    /** What comes in: a number, or a watermark when null. */
    private record Arrival(Number number, long watermark) {}

    private static List<Number> numbers(Random random, int keys, int count) {
        List<Number> numbers = new ArrayList<>();
        long time = 0;
        for (int i = 0; i < count; i++) {
            // Bursts and pauses, some of them longer than the silence that makes a key forgotten.
            time += random.nextInt(20) == 0 ? random.nextInt(8_000) : random.nextInt(200);
            String key = "key-" + (int) (keys * Math.pow(random.nextDouble(), 2));
            numbers.add(new Number(key, time, 1 + random.nextInt(9)));
        }
        return numbers;
    }

    /** Numbers out of order by at most the disorder, and a watermark that allows for it. */
    private static List<Arrival> arrivals(List<Number> numbers, Random random, long disorder) {
        TreeMap<Long, List<Number>> byArrival = new TreeMap<>();
        for (Number number : numbers) {
            long delay = disorder == 0 ? 0 : (long) (random.nextDouble() * disorder);
            byArrival.computeIfAbsent(number.time() + delay, t -> new ArrayList<>()).add(number);
        }
        List<Arrival> arrivals = new ArrayList<>();
        byArrival.forEach(
                (arrival, group) -> {
                    Collections.shuffle(group, random);
                    group.forEach(number -> arrivals.add(new Arrival(number, 0)));
                    if (random.nextInt(4) == 0) {
                        arrivals.add(new Arrival(null, arrival - disorder - 1));
                    }
                });
        return arrivals;
    }

    private static List<String> run(List<Arrival> arrivals) throws Exception {
        try (Harness harness = open(1, 0, UNBOUNDED, null)) {
            arrivals.forEach(harness::arrive);
            harness.processWatermark(10_000_000);
            return sorted(harness.extractOutputValues());
        }
    }

    /** Stops after each part and goes on from the snapshot at another parallelism. */
    private static List<String> runInParts(
            List<Arrival> arrivals, int[] parallelism, Random random, int cached) throws Exception {
        List<String> output = new ArrayList<>();
        OperatorSubtaskState snapshot = null;
        int from = 0;
        for (int part = 0; part < parallelism.length; part++) {
            boolean last = part == parallelism.length - 1;
            int to = last ? arrivals.size() : from + random.nextInt(arrivals.size() - from);
            int subtasks = parallelism[part];
            OperatorSubtaskState[] ends = new OperatorSubtaskState[subtasks];
            for (int subtask = 0; subtask < subtasks; subtask++) {
                OperatorSubtaskState own =
                        snapshot == null
                                ? null
                                : AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                        snapshot,
                                        MAX_PARALLELISM,
                                        parallelism[part - 1],
                                        subtasks,
                                        subtask);
                try (Harness harness = open(subtasks, subtask, cached, own)) {
                    for (Arrival arrival : arrivals.subList(from, to)) {
                        if (arrival.number == null
                                || subtaskOf(arrival.number.key(), subtasks) == subtask) {
                            harness.arrive(arrival);
                        }
                    }
                    if (last) {
                        harness.processWatermark(10_000_000);
                    }
                    ends[subtask] = harness.snapshot(part, part);
                    output.addAll(harness.extractOutputValues());
                }
            }
            snapshot = AbstractStreamOperatorTestHarness.repackageState(ends);
            from = to;
        }
        return sorted(output);
    }

    private static int subtaskOf(String key, int subtasks) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MAX_PARALLELISM, subtasks);
    }

    /** The same, from the definition: pane by pane, key by key. */
    private static List<String> oracle(List<Number> numbers) {
        TreeMap<String, TreeMap<Long, Long>> panes = new TreeMap<>();
        for (Number number : numbers) {
            panes.computeIfAbsent(number.key(), key -> new TreeMap<>())
                    .merge(Tally.paneEndOf(number.time()), number.value(), Long::sum);
        }
        List<String> lines = new ArrayList<>();
        panes.forEach(
                (key, sums) -> {
                    long total = 0;
                    for (var entry : sums.entrySet()) {
                        long end = entry.getKey();
                        total += entry.getValue();
                        lines.add(key + " " + end + ": " + entry.getValue() + " of " + total);
                        Long next = sums.higherKey(end);
                        // A pane that closes a moment before the silence is over keeps the key.
                        if (next == null || next - 1 > end + Tally.IDLE) {
                            lines.add(key + " " + (end + Tally.IDLE) + ": gone with " + total);
                            total = 0;
                        }
                    }
                });
        return sorted(lines);
    }

    private static List<String> sorted(List<String> lines) {
        List<String> sorted = new ArrayList<>(lines);
        sorted.sort(Comparator.naturalOrder());
        return sorted;
    }

    private static Harness open(int subtasks, int subtask, int cached, OperatorSubtaskState state)
            throws Exception {
        Harness harness = new Harness(subtasks, subtask, cached);
        harness.setup(StringSerializer.INSTANCE);
        if (state == null) {
            harness.initializeEmptyState();
        } else {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private static final class Harness
            extends KeyedOneInputStreamOperatorTestHarness<String, Number, String> {

        Harness(int subtasks, int subtask, int cached) throws Exception {
            super(
                    new PaneOperator<>(new PlainTally(cached)),
                    Number::key,
                    Types.STRING,
                    MAX_PARALLELISM,
                    subtasks,
                    subtask);
        }

        void arrive(Arrival arrival) {
            try {
                if (arrival.number == null) {
                    processWatermark(arrival.watermark);
                } else {
                    processElement(arrival.number, arrival.number.time());
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
