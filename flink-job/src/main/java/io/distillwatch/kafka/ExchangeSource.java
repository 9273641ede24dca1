package io.distillwatch.kafka;

import io.distillwatch.exchange.ExchangeParser;
import io.distillwatch.exchange.Intake;
import io.distillwatch.exchange.IntakeCodec;
import io.distillwatch.settings.DetectionSettings;
import io.distillwatch.settings.KafkaSettings;
import io.distillwatch.settings.StartingOffsets;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Exchanges as Kafka has them, parsed and without their text. */
public final class ExchangeSource {

    private static final int SAMPLE_EVERY = 256;
    private static final int RECENT_SAMPLES = 1_000;

    private ExchangeSource() {}

    /**
     * The source. Records are parsed as they are read, so that watermarks are made for each
     * partition and no prompt leaves the reader.
     */
    public static KafkaSource<Intake> create(KafkaSettings kafka, DetectionSettings detection) {
        return KafkaSources.<Intake>builder(kafka, kafka.exchangesTopic())
                .setGroupId(kafka.groupId())
                .setStartingOffsets(offsets(kafka.startingOffsets()))
                .setDeserializer(new Deserializer(detection))
                .build();
    }

    @SuppressWarnings("deprecation") // by Kafka, whose type the connector still asks for
    private static OffsetsInitializer offsets(StartingOffsets start) {
        return switch (start) {
            case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
            case EARLIEST -> OffsetsInitializer.earliest();
            case LATEST -> OffsetsInitializer.latest();
        };
    }

    private static final class Deserializer implements KafkaRecordDeserializationSchema<Intake> {

        private final DetectionSettings detection;
        private transient ExchangeParser parser;
        private transient Histogram fingerprintTimeNanos;
        private transient int untilSample;

        Deserializer(DetectionSettings detection) {
            this.detection = detection;
        }

        @Override
        public void open(DeserializationSchema.InitializationContext context) {
            parser = new ExchangeParser(detection);
            fingerprintTimeNanos =
                    context.getMetricGroup()
                            .addGroup("distillwatch")
                            .histogram(
                                    "fingerprintTimeNanos",
                                    new DescriptiveStatisticsHistogram(RECENT_SAMPLES));
        }

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Intake> out) {
            // A clock reading costs as much as a tenth of the parsing: one record in many.
            if (--untilSample <= 0) {
                untilSample = SAMPLE_EVERY;
                long start = System.nanoTime();
                Intake intake = parse(record);
                fingerprintTimeNanos.update(System.nanoTime() - start);
                out.collect(intake);
            } else {
                out.collect(parse(record));
            }
        }

        private Intake parse(ConsumerRecord<byte[], byte[]> record) {
            return parser.parse(
                    record.value(),
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    record.timestamp());
        }

        @Override
        public TypeInformation<Intake> getProducedType() {
            return IntakeCodec.type();
        }
    }
}
