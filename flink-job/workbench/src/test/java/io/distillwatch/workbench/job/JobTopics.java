package io.distillwatch.workbench.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distillwatch.kafka.KafkaTopics;
import io.distillwatch.output.OutputTopic;
import io.distillwatch.settings.DetectionOptions;
import io.distillwatch.settings.JobSettings;
import io.distillwatch.workbench.cluster.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The topics of one run of the job, beside those of other runs on the same broker. */
final class JobTopics {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmbeddedBroker broker;
    private final String run;
    private final Map<String, String> options = new TreeMap<>();

    private JobTopics(EmbeddedBroker broker, String run) {
        this.broker = broker;
        this.run = run;
        option("kafka.bootstrap-servers", broker.bootstrapServers());
        option("kafka.group-id", run);
        option("kafka.transactional-id-prefix", run);
        option("kafka.prepare-topics", "false");
        option("kafka.topic.llm-exchanges", run + "-llm-exchanges");
        option("kafka.topic.detection-policy", run + "-detection-policy");
        for (OutputTopic topic : OutputTopic.values()) {
            option("kafka.topic." + topic.topicName(), run + "-" + topic.topicName());
        }
    }

    /**
     * Creates topics, each with the name of the run in front.
     *
     * @param partitions of every topic but the policy's
     */
    static JobTopics create(EmbeddedBroker broker, String run, int partitions) {
        JobTopics topics = new JobTopics(broker, run);
        topics.option("kafka.partitions", Integer.toString(partitions));
        broker.createTopics(KafkaTopics.forReplays(topics.settings().kafka()));
        return topics;
    }

    /** Sets an option of the job; its prefix is left out. */
    JobTopics option(String key, String value) {
        options.put(DetectionOptions.PREFIX + key, value);
        return this;
    }

    JobSettings settings() {
        return DetectionOptions.read(Configuration.fromMap(options));
    }

    /** The options as arguments of the job. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        options.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        return arguments;
    }

    /** Sends exchanges, each logged by the broker at the time at which it happened. */
    void send(int partition, ExchangeLine... exchanges) {
        for (ExchangeLine exchange : exchanges) {
            send(partition, exchange.time(), exchange.bytes());
        }
    }

    /** Sends exchanges, those of one account to one partition. */
    void sendAll(List<ExchangeLine> exchanges) {
        String topic = settings().kafka().exchangesTopic();
        try (Producer<byte[], byte[]> producer = broker.producer()) {
            int partitions = producer.partitionsFor(topic).size();
            for (ExchangeLine exchange : exchanges) {
                producer.send(
                        new ProducerRecord<>(
                                topic,
                                Math.floorMod(exchange.account().hashCode(), partitions),
                                exchange.time().toEpochMilli(),
                                null,
                                exchange.bytes()));
            }
        }
    }

    /** A text without the name of this run, to compare it with another's. */
    String withoutRun(String text) {
        return text.replace(run + "-", "");
    }

    /** Sends one record and waits until the broker has it. */
    void send(int partition, Instant logged, byte[] value) {
        try (Producer<byte[], byte[]> producer = broker.producer()) {
            producer.send(
                    new ProducerRecord<>(
                            settings().kafka().exchangesTopic(),
                            partition,
                            logged.toEpochMilli(),
                            null,
                            value));
        }
    }

    /** Makes a policy the one in force; the topic is compacted, so it has a key. */
    void sendPolicy(String policy) {
        try (Producer<byte[], byte[]> producer = broker.producer()) {
            producer.send(
                    new ProducerRecord<>(
                            settings().kafka().policyTopic(),
                            "policy".getBytes(StandardCharsets.UTF_8),
                            policy.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Every committed record of a topic. */
    List<ConsumerRecord<byte[], byte[]>> records(OutputTopic topic) {
        return broker.committed(settings().kafka().topic(topic));
    }

    /** Every committed record of a topic, parsed. */
    List<JsonNode> values(OutputTopic topic) {
        return records(topic).stream().map(record -> json(record.value())).toList();
    }

    static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
