package io.distillwatch.kafka;

import io.distillwatch.settings.KafkaSettings;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/** Detection policies as Kafka has them. */
public final class PolicySource {

    private PolicySource() {}

    /**
     * The source: the whole compacted topic, from its start.
     *
     * @param parser of a record's value
     */
    public static <T> KafkaSource<T> create(KafkaSettings kafka, DeserializationSchema<T> parser) {
        return KafkaSources.<T>builder(kafka, kafka.policyTopic())
                .setGroupId(kafka.groupId() + "-policy")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setValueOnlyDeserializer(parser)
                .build();
    }

    /**
     * Policies have no event time: they never hold back the stream that they are joined with. Idle
     * from the start, and not at the end of time, which would carry every window along as soon as
     * all exchanges pause.
     */
    public static <T> WatermarkStrategy<T> noEventTime() {
        return WatermarkStrategy.forGenerator(context -> new AlwaysIdle<>());
    }

    private static final class AlwaysIdle<T> implements WatermarkGenerator<T> {

        @Override
        public void onEvent(T event, long eventTimestamp, WatermarkOutput output) {
            output.markIdle();
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            output.markIdle();
        }
    }
}
