package io.distillwatch.settings;

import io.distillwatch.output.OutputTopic;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/**
 * How the job talks to Kafka.
 *
 * @param bootstrapServers {@code host:port}, several by comma
 * @param groupId consumer group; offsets are committed to it for monitoring, state has the truth
 * @param startingOffsets where to start without state
 * @param delivery guarantee of all sinks
 * @param transactionalIdPrefix unique to this job on this broker, stable over its restarts
 * @param transactionTimeout longest time from a record's write to the checkpoint that commits it,
 *     an outage included; the broker aborts the transaction, and its records are lost, after that
 * @param partitionDiscovery how often new partitions are looked for; zero for never
 * @param prepareTopics whether to wait for the broker and to create missing topics before the start
 * @param partitions partitions of a topic that is created
 * @param replicationFactor replicas of a topic that is created; -1 for the broker's default
 * @param exchangesTopic where exchanges come from
 * @param policyTopic where detection policies come from
 * @param outputTopics name of every output topic
 * @param clientProperties given to every client as they are: security, tuning
 */
public record KafkaSettings(
        String bootstrapServers,
        String groupId,
        StartingOffsets startingOffsets,
        Delivery delivery,
        String transactionalIdPrefix,
        Duration transactionTimeout,
        Duration partitionDiscovery,
        boolean prepareTopics,
        int partitions,
        short replicationFactor,
        String exchangesTopic,
        String policyTopic,
        Map<OutputTopic, String> outputTopics,
        Map<String, String> clientProperties) {

    /** Copies the maps. */
    public KafkaSettings {
        outputTopics = Map.copyOf(outputTopics);
        clientProperties = Map.copyOf(clientProperties);
    }

    /** Name of one output topic. */
    public String topic(OutputTopic topic) {
        return outputTopics.get(topic);
    }

    /**
     * What every client of this job gets: a calm reconnect, so that a broker that is away costs one
     * log line in ten seconds and not twenty a second, then what the user set, then the broker's
     * address.
     */
    public Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("reconnect.backoff.ms", "1000");
        properties.setProperty("reconnect.backoff.max.ms", "10000");
        properties.putAll(clientProperties);
        properties.setProperty("bootstrap.servers", bootstrapServers);
        return properties;
    }

    /** Without the client properties, which hold passwords. */
    @Override
    public String toString() {
        return "KafkaSettings[bootstrapServers=%s, groupId=%s, delivery=%s]"
                .formatted(bootstrapServers, groupId, delivery);
    }
}
