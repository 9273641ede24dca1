package io.distillwatch.exchange;

import static io.distillwatch.testing.Exchanges.exchange;
import static io.distillwatch.testing.Exchanges.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.output.OutputRecord;
import io.distillwatch.output.OutputRecordCodec;
import io.distillwatch.settings.DetectionSettings;
import io.distillwatch.testing.Exchanges;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class GateTest {

    private static final OutputTag<OutputRecord> DEAD =
            new OutputTag<>("dead", OutputRecordCodec.type());
    private static final OutputTag<OutputRecord> LATE =
            new OutputTag<>("late", OutputRecordCodec.type());
    private static final int MAX_PARALLELISM = 8;

    @Test
    void anExchangeIsLateOnceItsPaneIsOver() throws Exception {
        try (Harness harness = new Harness(1, 0, null)) {
            harness.arrive(exchange().at("12:00:01"));
            harness.watermark("12:04:58");
            harness.arrive(exchange().at("12:00:02"));
            harness.watermark("12:04:59.999");
            harness.arrive(exchange().at("12:00:03"));
            harness.arrive(exchange().at("12:05:00"));
            harness.arrive(exchange().without("account_id"));

            assertThat(harness.accepted()).containsExactly("12:00:01", "12:00:02", "12:05:00");
            assertThat(harness.sideOutput(LATE)).hasSize(1);
            assertThat(harness.sideOutput(DEAD)).hasSize(1);
        }
    }

    @Test
    void anExchangeThatWasLateBeforeAStopIsLateAfterIt() throws Exception {
        OperatorSubtaskState stopped;
        try (Harness harness = new Harness(1, 0, null)) {
            harness.watermark("12:20:00");
            stopped = harness.snapshot(1, 1);
        }
        for (int subtask = 0; subtask < 2; subtask++) {
            try (Harness harness = new Harness(2, subtask, repartitioned(stopped, 1, 2, subtask))) {
                harness.arrive(exchange().at("12:00:01"));
                // Watermarks begin anew, and lower than they were.
                harness.watermark("12:10:00");
                harness.arrive(exchange().at("12:16:00"));
                harness.arrive(exchange().at("12:20:00"));

                assertThat(harness.accepted()).containsExactly("12:20:00");
                assertThat(harness.sideOutput(LATE)).hasSize(2);
            }
        }
    }

    @Test
    void aSlowPartitionIsNotLateAfterAStopBecauseAnotherWasAhead() throws Exception {
        OperatorSubtaskState stopped = stopped("12:20:00", "12:40:00", "");

        try (Harness harness = new Harness(1, 0, repartitioned(stopped, 3, 1, 0))) {
            harness.arrive(exchange().at("12:14:59"));
            harness.arrive(exchange().at("12:20:01"));

            assertThat(harness.accepted()).containsExactly("12:20:01");
        }
    }

    @Test
    void aPartitionThatWasIdleHadHeldNothingOpen() throws Exception {
        OperatorSubtaskState stopped = stopped("12:10:00 idle", "12:40:00");

        try (Harness harness = new Harness(1, 0, repartitioned(stopped, 2, 1, 0))) {
            harness.arrive(exchange().at("12:34:59"));
            harness.arrive(exchange().at("12:40:00"));

            assertThat(harness.accepted()).containsExactly("12:40:00");
        }
        try (Harness harness =
                new Harness(
                        1, 0, repartitioned(stopped("12:10:00 idle", "12:40:00 idle"), 2, 1, 0))) {
            harness.arrive(exchange().at("12:34:59"));

            assertThat(harness.sideOutput(LATE)).hasSize(1);
        }
    }

    /** State of one subtask for each watermark: a time, {@code idle} behind it, or nothing yet. */
    private static OperatorSubtaskState stopped(String... watermarks) throws Exception {
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (int subtask = 0; subtask < watermarks.length; subtask++) {
            try (Harness harness = new Harness(watermarks.length, subtask, null)) {
                String watermark = watermarks[subtask];
                if (!watermark.isEmpty()) {
                    harness.watermark(watermark.replace(" idle", ""));
                }
                if (watermark.endsWith("idle")) {
                    harness.processWatermarkStatus(WatermarkStatus.IDLE);
                }
                states.add(harness.snapshot(1, 1));
            }
        }
        return AbstractStreamOperatorTestHarness.repackageState(
                states.toArray(new OperatorSubtaskState[0]));
    }

    private static OperatorSubtaskState repartitioned(
            OperatorSubtaskState state, int before, int now, int subtask) {
        return AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, MAX_PARALLELISM, before, now, subtask);
    }

    private static final class Harness extends OneInputStreamOperatorTestHarness<Intake, Exchange> {

        Harness(int subtasks, int subtask, OperatorSubtaskState state) throws Exception {
            super(
                    new Gate(DetectionSettings.defaults(), DEAD, LATE),
                    MAX_PARALLELISM,
                    subtasks,
                    subtask);
            if (state == null) {
                initializeEmptyState();
            } else {
                initializeState(state);
            }
            open();
        }

        void arrive(Exchanges exchange) throws Exception {
            Intake intake = exchange.asIntake();
            processElement(intake, intake.refused() ? 0 : intake.exchange().eventTime());
        }

        void watermark(String time) throws Exception {
            processWatermark(millis(time));
        }

        /** Times of the day of what was let through. */
        List<String> accepted() {
            return extractOutputValues().stream()
                    .map(e -> java.time.Instant.ofEpochMilli(e.eventTime()).toString())
                    .map(time -> time.substring(11, 19))
                    .toList();
        }

        Collection<?> sideOutput(OutputTag<OutputRecord> tag) {
            Collection<?> records = getSideOutput(tag);
            return records == null ? List.of() : records;
        }
    }
}
