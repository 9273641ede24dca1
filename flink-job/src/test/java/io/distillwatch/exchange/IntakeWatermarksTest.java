package io.distillwatch.exchange;

import static io.distillwatch.testing.Exchanges.exchange;
import static io.distillwatch.testing.Exchanges.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.settings.DetectionSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class IntakeWatermarksTest {

    private static final DetectionSettings SETTINGS = DetectionSettings.defaults();
    private static final long BOUND = SETTINGS.time().maxOutOfOrderness().toMillis();
    private static final Duration IDLENESS = SETTINGS.time().idleness();

    private final ManualClock clock = new ManualClock(1); // 0 means "not idle yet" to Flink
    private final Recorded output = new Recorded();
    private final WatermarkStrategy<Intake> strategy = IntakeWatermarks.strategy(SETTINGS);
    private final TimestampAssigner<Intake> timestamps =
            strategy.createTimestampAssigner(() -> null);
    private final WatermarkGenerator<Intake> watermarks =
            strategy.createWatermarkGenerator(new Context(clock));

    @Test
    void staysTheBoundBehindTheLatestAcceptedExchange() {
        take(exchange().at("12:00:00").asIntake());
        take(exchange().at("11:59:00").asIntake());
        watermarks.onPeriodicEmit(output);

        assertThat(output.latest()).isEqualTo(millis("12:00:00") - BOUND - 1);
    }

    @Test
    void refusedRecordsDoNotMoveTime() {
        take(exchange().at("12:00:00").asIntake());
        take(exchange().at("23:00:00").with("output_tokens", -1).asIntake());
        watermarks.onPeriodicEmit(output);

        assertThat(output.latest()).isEqualTo(millis("12:00:00") - BOUND - 1);
    }

    @Test
    void refusedRecordsDoNotStopTime() {
        take(exchange().at("12:00:00").asIntake());
        for (int i = 0; i < 10; i++) {
            take(exchange().by("").asIntake());
        }
        take(exchange().at("12:10:00").asIntake());
        watermarks.onPeriodicEmit(output);

        assertThat(output.latest()).isEqualTo(millis("12:10:00") - BOUND - 1);
    }

    @Test
    void aPartitionWithNothingButRefusedRecordsGoesIdle() {
        take(exchange().at("12:00:00").asIntake());
        watermarks.onPeriodicEmit(output);
        watermarks.onPeriodicEmit(
                output); // the idle clock starts at the first look without records
        clock.advanceTime(IDLENESS.plusMillis(1));
        take(exchange().by("").asIntake());
        watermarks.onPeriodicEmit(output);

        assertThat(output.idle).isTrue();
    }

    @Test
    void aPartitionWithAcceptedRecordsDoesNotGoIdle() {
        take(exchange().at("12:00:00").asIntake());
        watermarks.onPeriodicEmit(output);
        watermarks.onPeriodicEmit(output);
        clock.advanceTime(IDLENESS.plusMillis(1));
        take(exchange().at("12:00:01").asIntake());
        watermarks.onPeriodicEmit(output);

        assertThat(output.idle).isFalse();
    }

    @Test
    void acceptedRecordsAreStampedWithTheirEventTimeAndRefusedOnesWithThatOfTheSource() {
        assertThat(timestamps.extractTimestamp(exchange().at("12:00:05").asIntake(), 7))
                .isEqualTo(millis("12:00:05"));
        assertThat(timestamps.extractTimestamp(exchange().by("").asIntake(), 7)).isEqualTo(7);
    }

    private void take(Intake intake) {
        watermarks.onEvent(intake, timestamps.extractTimestamp(intake, 0), output);
    }

    private static final class Recorded implements WatermarkOutput {

        private final List<Long> emitted = new ArrayList<>();
        private boolean idle;

        long latest() {
            return emitted.get(emitted.size() - 1);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            emitted.add(watermark.getTimestamp());
            idle = false;
        }

        @Override
        public void markIdle() {
            idle = true;
        }

        @Override
        public void markActive() {
            idle = false;
        }
    }

    private record Context(RelativeClock clock) implements WatermarkGeneratorSupplier.Context {

        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public RelativeClock getInputActivityClock() {
            return clock;
        }
    }
}
