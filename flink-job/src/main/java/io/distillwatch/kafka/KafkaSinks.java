package io.distillwatch.kafka;

import io.distillwatch.output.OutputRecord;
import io.distillwatch.output.OutputSinks;
import io.distillwatch.output.OutputTopic;
import io.distillwatch.settings.Delivery;
import io.distillwatch.settings.KafkaSettings;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Kafka topics as the place where the job's streams go. */
public final class KafkaSinks implements OutputSinks {

    private final KafkaSettings kafka;

    /** Writes with the given settings. */
    public KafkaSinks(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    @Override
    public Sink<OutputRecord> sink(OutputTopic topic) {
        return KafkaSink.<OutputRecord>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setKafkaProducerConfig(producerProperties())
                .setDeliveryGuarantee(
                        kafka.delivery() == Delivery.EXACTLY_ONCE
                                ? DeliveryGuarantee.EXACTLY_ONCE
                                : DeliveryGuarantee.AT_LEAST_ONCE)
                // By our own name of the topic, which no option changes: after a restart a sink
                // must find the transactions that it left open.
                .setTransactionalIdPrefix(kafka.transactionalIdPrefix() + "-" + topic.topicName())
                // Pooling reuses ids, but its recovery has open bugs upstream (FLINK-40626).
                .setTransactionNamingStrategy(TransactionNamingStrategy.INCREMENTING)
                .setRecordSerializer(new Serializer(kafka.topic(topic)))
                .build();
    }

    private Properties producerProperties() {
        Properties properties = new Properties();
        // JSON of one topic repeats itself; every Kafka client can read lz4.
        properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // Milliseconds. Nobody waits for a record before the checkpoint that commits it, and each
        // batch costs its buffers and those of the compression, full or not.
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "500");
        // Bytes of a batch before it is compressed: a closing pane puts out thousands of records,
        // and Kafka's default of 16 KiB makes a request of every thirty.
        properties.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(128 << 10));
        properties.putAll(kafka.properties());
        properties.setProperty(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Long.toString(kafka.transactionTimeout().toMillis()));
        return properties;
    }

    private record Serializer(String topic)
            implements KafkaRecordSerializationSchema<OutputRecord> {

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                OutputRecord output, KafkaSinkContext context, Long ignored) {
            // Kafka refuses a negative timestamp; without one it takes the time of arrival.
            Long timestamp = output.timestamp() < 0 ? null : output.timestamp();
            return new ProducerRecord<>(topic, null, timestamp, output.key(), output.value());
        }
    }
}
