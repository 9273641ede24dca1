package io.distillwatch.workbench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distillwatch.output.OutputTopic;
import io.distillwatch.settings.KafkaSettings;
import io.distillwatch.workbench.report.Campaign;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what the job commits, tells of each campaign that is new, and writes the streams to files
 * that {@code report} and {@code score} read.
 */
final class OutputWatch implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(200);

    /** Of the metrics only the finest window is kept: the report needs no other. */
    private static final byte[] FINEST =
            "\"window_size\":\"PT5M\"".getBytes(StandardCharsets.US_ASCII);

    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final Map<String, OutputTopic> topics = new HashMap<>();
    private final Map<OutputTopic, OutputStream> files = new EnumMap<>(OutputTopic.class);
    private final Map<OutputTopic, Long> counts = new EnumMap<>(OutputTopic.class);
    private final List<JsonNode> campaigns = new ArrayList<>();
    private final List<JsonNode> members = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final Consumer<Campaign> flagged;

    OutputWatch(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
            KafkaSettings kafka,
            Path directory,
            Consumer<Campaign> flagged)
            throws IOException {
        this.consumer = consumer;
        this.flagged = flagged;
        List<TopicPartition> partitions = new ArrayList<>();
        for (OutputTopic topic : OutputTopic.values()) {
            topics.put(kafka.topic(topic), topic);
            files.put(
                    topic,
                    new BufferedOutputStream(
                            Files.newOutputStream(
                                    directory.resolve(topic.topicName() + ".jsonl"))));
            consumer.partitionsFor(kafka.topic(topic))
                    .forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Takes what has come; waits a fifth of a second at most. */
    void poll() throws IOException {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            take(topics.get(record.topic()), record.value());
        }
    }

    /** Whether everything that is committed now has been taken. */
    boolean atEnd() {
        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    List<JsonNode> campaigns() {
        return campaigns;
    }

    List<JsonNode> members() {
        return members;
    }

    /** Records of a topic so far. */
    long count(OutputTopic topic) {
        return counts.getOrDefault(topic, 0L);
    }

    private void take(OutputTopic topic, byte[] value) throws IOException {
        counts.merge(topic, 1L, Long::sum);
        if (topic != OutputTopic.ACCOUNT_METRICS || contains(value, FINEST)) {
            OutputStream file = files.get(topic);
            file.write(value);
            file.write('\n');
        }
        if (topic == OutputTopic.CAMPAIGNS) {
            JsonNode record = JSON.readTree(value);
            campaigns.add(record);
            if (known.add(record.path("campaign_id").asText())) {
                flagged.accept(Campaign.of(record));
            }
        } else if (topic == OutputTopic.CAMPAIGN_MEMBERS) {
            members.add(JSON.readTree(value));
        }
    }

    private static boolean contains(byte[] text, byte[] part) {
        for (int i = 0; i + part.length <= text.length; i++) {
            int j = 0;
            while (j < part.length && text[i + j] == part[j]) {
                j++;
            }
            if (j == part.length) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        consumer.close();
        for (OutputStream file : files.values()) {
            file.close();
        }
    }
}
