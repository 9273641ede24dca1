package io.distillwatch.pane;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.pane.Tally.Factor;
import io.distillwatch.pane.Tally.Number;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class GuidedPaneOperatorTest {

    private static final int MAX_PARALLELISM = 16;

    @Test
    void guidanceIsInForceFromItsPaneOn() throws Exception {
        try (Harness harness = open(1, 0, null)) {
            harness.guide(new Factor(3_000, 10));
            harness.number("a", 1_500, 1);
            harness.number("a", 2_500, 1);
            harness.number("a", 3_500, 1);
            harness.bothWatermarks(3_999);

            assertThat(harness.extractOutputValues())
                    .containsExactly("a 2000: 1 of 1", "a 3000: 10 of 11", "a 4000: 10 of 21");
        }
    }

    @Test
    void itDoesNotMatterWhichInputWasFaster() throws Exception {
        List<String> guidanceFirst;
        try (Harness harness = open(1, 0, null)) {
            harness.guide(new Factor(2_000, 5));
            harness.guide(new Factor(3_000, 7));
            harness.processWatermark2(10_000);
            harness.number("a", 500, 1);
            harness.number("a", 1_500, 1);
            harness.number("a", 2_500, 1);
            harness.processWatermark1(10_000);
            guidanceFirst = harness.extractOutputValues();
        }
        try (Harness harness = open(1, 0, null)) {
            harness.number("a", 500, 1);
            harness.number("a", 1_500, 1);
            harness.number("a", 2_500, 1);
            harness.processWatermark1(10_000);
            assertThat(harness.extractOutputValues()).isEmpty();
            harness.guide(new Factor(2_000, 5));
            harness.processWatermark2(1_999);
            harness.guide(new Factor(3_000, 7));
            harness.processWatermark2(10_000);

            assertThat(harness.extractOutputValues()).isEqualTo(guidanceFirst);
        }
        assertThat(guidanceFirst).startsWith("a 1000: 1 of 1", "a 2000: 5 of 6", "a 3000: 7 of 13");
    }

    @Test
    void guidanceForALaterPaneWaitsThroughALeap() throws Exception {
        try (Harness harness = open(1, 0, null)) {
            harness.guide(new Factor(9_000, 3));
            harness.guide(new Factor(5_000, 2));
            for (long time = 500; time < 10_000; time += 2_000) {
                harness.number("a", time, 1);
            }
            harness.bothWatermarks(100_000);

            assertThat(harness.extractOutputValues())
                    .startsWith(
                            "a 1000: 1 of 1",
                            "a 3000: 1 of 2",
                            "a 5000: 2 of 4",
                            "a 7000: 2 of 6",
                            "a 9000: 3 of 9");
        }
    }

    @Test
    void guidanceInForceAndHeldSurvivesAStopAndReachesEverySubtask() throws Exception {
        OperatorSubtaskState snapshot;
        try (Harness harness = open(1, 0, null)) {
            harness.guide(new Factor(1_000, 2));
            harness.guide(new Factor(6_000, 9));
            for (int key = 0; key < 20; key++) {
                harness.number("key-" + key, 500, 1);
                harness.number("key-" + key, 4_500, 1);
            }
            harness.bothWatermarks(2_000);
            snapshot = harness.snapshot(1, 1);
            assertThat(harness.extractOutputValues()).hasSize(20);
        }
        List<String> output = new ArrayList<>();
        int subtasks = 3;
        for (int subtask = 0; subtask < subtasks; subtask++) {
            OperatorSubtaskState own =
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            snapshot, MAX_PARALLELISM, 1, subtasks, subtask);
            try (Harness harness = open(subtasks, subtask, own)) {
                for (int key = 0; key < 20; key++) {
                    if (subtaskOf("key-" + key, subtasks) == subtask) {
                        harness.number("key-" + key, 5_500, 1);
                    }
                }
                harness.bothWatermarks(6_000);
                output.addAll(harness.extractOutputValues());
            }
        }
        List<String> expected = new ArrayList<>();
        for (int key = 0; key < 20; key++) {
            expected.add("key-" + key + " 4000: gone with 2");
            expected.add("key-" + key + " 5000: 2 of 2");
            expected.add("key-" + key + " 6000: 9 of 11");
        }
        assertThat(output).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void guidanceIsStoredOnceNotOnceASubtask() throws Exception {
        int subtasks = 3;
        OperatorSubtaskState[] ends = new OperatorSubtaskState[subtasks];
        for (int subtask = 0; subtask < subtasks; subtask++) {
            try (Harness harness = open(subtasks, subtask, null)) {
                harness.guide(new Factor(1_000, 2));
                harness.bothWatermarks(2_000);
                ends[subtask] = harness.snapshot(1, 1);
            }
        }
        for (int subtask = 0; subtask < subtasks; subtask++) {
            assertThat(stored(ends[subtask]))
                    .as("subtask %d", subtask)
                    .isEqualTo(subtask == 0 ? 1 : 0);
        }
    }

    @Test
    void aSubtaskWithoutPanesDoesNotHoldGuidanceForEver() throws Exception {
        try (Harness harness = open(1, 0, null)) {
            for (long time = 1_000; time <= 50_000; time += 1_000) {
                harness.guide(new Factor(time, time));
            }
            harness.bothWatermarks(50_000);

            assertThat(stored(harness.snapshot(1, 1))).isEqualTo(1);
        }
    }

    /** How many pieces of guidance a subtask has stored. */
    private static int stored(OperatorSubtaskState snapshot) {
        return snapshot.getManagedOperatorState().stream()
                .map(OperatorStateHandle::getStateNameToPartitionOffsets)
                .map(offsets -> offsets.get("guidance"))
                .mapToInt(partitions -> partitions.getOffsets().length)
                .sum();
    }

    private static int subtaskOf(String key, int subtasks) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MAX_PARALLELISM, subtasks);
    }

    private static Harness open(int subtasks, int subtask, OperatorSubtaskState state)
            throws Exception {
        Harness harness = new Harness(subtasks, subtask);
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
            extends KeyedTwoInputStreamOperatorTestHarness<String, Number, Factor, String> {

        Harness(int subtasks, int subtask) throws Exception {
            super(
                    new GuidedPaneOperator<>(new Tally()),
                    Number::key,
                    null,
                    Types.STRING,
                    MAX_PARALLELISM,
                    subtasks,
                    subtask);
        }

        void number(String key, long time, long value) throws Exception {
            processElement1(new Number(key, time, value), time);
        }

        void guide(Factor factor) throws Exception {
            processElement2(factor, 0);
        }

        void bothWatermarks(long time) throws Exception {
            processWatermark1(new Watermark(time));
            processWatermark2(new Watermark(time));
        }

        void processWatermark1(long time) throws Exception {
            processWatermark1(new Watermark(time));
        }

        void processWatermark2(long time) throws Exception {
            processWatermark2(new Watermark(time));
        }
    }
}
