package io.distillwatch.kafka;

import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.policy.PolicyParser;
import io.distillwatch.settings.KafkaSettings;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Detection policies as Kafka has them. */
public final class PolicySource {

    private static final Logger LOG = LoggerFactory.getLogger(PolicySource.class);

    private PolicySource() {}

    /**
     * The source: the whole compacted topic, from its start. A policy that is not valid is logged
     * with the reason, counted ({@code policyUpdates} with {@code result=refused}) and left out, so
     * that the last good one stays; so is the deletion of a policy.
     */
    public static KafkaSource<DetectionPolicy> create(KafkaSettings kafka) {
        return KafkaSources.<DetectionPolicy>builder(kafka, kafka.policyTopic())
                .setGroupId(kafka.groupId() + "-policy")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new Deserializer())
                .build();
    }

    /**
     * Policies have no event time: they never hold back the stream that they are joined with. Idle
     * from the start, and not at the end of time, which would carry every window along as soon as
     * all exchanges pause.
     */
    public static WatermarkStrategy<DetectionPolicy> noEventTime() {
        return WatermarkStrategy.forGenerator(context -> new AlwaysIdle());
    }

    private static final class Deserializer
            implements KafkaRecordDeserializationSchema<DetectionPolicy> {

        private transient Counter applied;
        private transient Counter refused;

        @Override
        public void open(DeserializationSchema.InitializationContext context) {
            MetricGroup metrics = context.getMetricGroup().addGroup("distillwatch");
            applied = metrics.addGroup("result", "applied").counter("policyUpdates");
            refused = metrics.addGroup("result", "refused").counter("policyUpdates");
        }

        @Override
        public void deserialize(
                ConsumerRecord<byte[], byte[]> record, Collector<DetectionPolicy> out) {
            if (record.value() == null) {
                refuse(record, "a deletion changes nothing; send a policy instead");
                return;
            }
            try {
                out.collect(PolicyParser.parse(record.value()));
                applied.inc();
            } catch (PolicyParser.InvalidPolicyException e) {
                refuse(record, e.getMessage());
            }
        }

        private void refuse(ConsumerRecord<byte[], byte[]> record, String reason) {
            refused.inc();
            LOG.error(
                    "Policy at {}-{}@{} is refused, the last good one stays: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    reason);
        }

        @Override
        public TypeInformation<DetectionPolicy> getProducedType() {
            return TypeInformation.of(DetectionPolicy.class);
        }
    }

    private static final class AlwaysIdle implements WatermarkGenerator<DetectionPolicy> {

        @Override
        public void onEvent(DetectionPolicy policy, long eventTimestamp, WatermarkOutput output) {
            output.markIdle();
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            output.markIdle();
        }
    }
}
