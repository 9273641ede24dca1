package io.distillwatch.kafka;

import io.distillwatch.settings.KafkaSettings;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** What all sources of the job have in common. */
final class KafkaSources {

    private KafkaSources() {}

    static <T> KafkaSourceBuilder<T> builder(KafkaSettings kafka, String topic) {
        Properties properties = new Properties();
        // What an aborted transaction wrote never happened.
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.putAll(kafka.properties());
        properties.setProperty(
                KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
                Long.toString(kafka.partitionDiscovery().toMillis()));
        return KafkaSource.<T>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setTopics(topic)
                .setProperties(properties);
    }
}
