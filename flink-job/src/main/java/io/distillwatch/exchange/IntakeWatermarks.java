package io.distillwatch.exchange;

import io.distillwatch.settings.DetectionSettings;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Event time of the intake: bounded out-of-orderness over accepted exchanges, a partition at a
 * time, with idleness.
 *
 * <p>A refused record has no time that could be trusted. It does not move the watermark, and it
 * does not count as activity either: a partition that carries nothing but refused records would
 * else never be idle, never have a time, and hold back all others for good.
 *
 * <p>The watermark is the greatest event time less the bound less 1 ms, as Flink defines it: a
 * record exactly the bound behind the latest one is still in time.
 */
public final class IntakeWatermarks {

    private IntakeWatermarks() {}

    /**
     * The strategy for the given bound and idleness; refused records keep the source's timestamp.
     */
    public static WatermarkStrategy<Intake> strategy(DetectionSettings settings) {
        WatermarkStrategy<Intake> accepted =
                WatermarkStrategy.<Intake>forBoundedOutOfOrderness(
                                settings.time().maxOutOfOrderness())
                        .withIdleness(settings.time().idleness());
        WatermarkStrategy<Intake> filtered =
                context -> new AcceptedOnly(accepted.createWatermarkGenerator(context));
        return filtered.withTimestampAssigner(
                (intake, sourceTimestamp) ->
                        intake.refused() ? sourceTimestamp : intake.exchange().eventTime());
    }

    /** Keeps refused records from a generator and from the idleness around it. */
    private static final class AcceptedOnly implements WatermarkGenerator<Intake> {

        private final WatermarkGenerator<Intake> generator;

        AcceptedOnly(WatermarkGenerator<Intake> generator) {
            this.generator = generator;
        }

        @Override
        public void onEvent(Intake intake, long timestamp, WatermarkOutput output) {
            if (!intake.refused()) {
                generator.onEvent(intake, timestamp, output);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            generator.onPeriodicEmit(output);
        }
    }
}
