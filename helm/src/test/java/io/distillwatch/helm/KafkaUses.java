package io.distillwatch.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a release does with Kafka, each thing with a client of its own. */
final class KafkaUses implements AutoCloseable {

    private final Map<String, AutoCloseable> clients = new HashMap<>();

    /**
     * One thing that the release does with Kafka.
     *
     * @param resources the topic, the group or the transactional ids it concerns
     */
    record Use(String name, List<String> resources, Attempt attempt) {}

    /** As Flink's source does: it takes its partitions itself, and commits for a group. */
    Use read(Properties client, String topic, String group) {
        String name = "read %s for %s".formatted(topic, group);
        return new Use(
                name,
                List.of(topic, group.replace("-sql-1", "-sql")),
                () -> {
                    KafkaConsumer<byte[], byte[]> consumer =
                            kept(name, () -> consumer(client, group));
                    List<TopicPartition> partitions =
                            consumer.partitionsFor(topic).stream()
                                    .map(each -> new TopicPartition(topic, each.partition()))
                                    .toList();
                    consumer.assign(partitions);
                    consumer.seekToBeginning(partitions);
                    int records = 0;
                    Instant patience = Instant.now().plusSeconds(20);
                    while (records == 0 && Instant.now().isBefore(patience)) {
                        records = consumer.poll(Duration.ofMillis(100)).count();
                    }
                    assertThat(records).as("records to read in " + topic).isPositive();
                    consumer.commitSync(Duration.ofSeconds(10));
                });
    }

    /** As the job's exactly-once sinks do. */
    Use write(Properties client, String topic, String transactions) {
        String name = "write " + topic;
        return new Use(
                name,
                List.of(topic, transactions),
                () -> {
                    KafkaProducer<byte[], byte[]> producer =
                            kept(
                                    name,
                                    () -> {
                                        Properties properties = new Properties();
                                        properties.putAll(client);
                                        properties.put(
                                                "transactional.id",
                                                transactions + "-" + topic + "-0");
                                        KafkaProducer<byte[], byte[]> fresh = producer(properties);
                                        clients.put(name, fresh);
                                        fresh.initTransactions();
                                        return fresh;
                                    });
                    producer.beginTransaction();
                    producer.send(new ProducerRecord<>(topic, new byte[1], new byte[1])).get();
                    producer.commitTransaction();
                });
    }

    Use publish(Properties client, String topic) {
        String name = "publish " + topic;
        return new Use(
                name, List.of(topic), () -> publish(kept(name, () -> producer(client)), topic));
    }

    Use check(Properties client, String topic) {
        return new Use(
                "check " + topic,
                List.of(topic),
                () -> describe(kept("check", () -> Admin.create(client)), topic));
    }

    /** A client of its own for each use, kept for as long as the use works: a handshake is slow. */
    private <T extends AutoCloseable> T kept(String name, Supplier<T> make) {
        AutoCloseable there = clients.get(name);
        if (there == null) {
            T made = make.get();
            clients.put(name, made);
            return made;
        }
        @SuppressWarnings("unchecked")
        T client = (T) there;
        return client;
    }

    /** Whether it fails; its client is made anew then. */
    boolean fails(Use use) {
        boolean failed = !attempt(use.attempt()).isEmpty();
        if (failed) {
            drop(use.name());
        }
        return failed;
    }

    private void drop(String name) {
        AutoCloseable client = clients.remove(name);
        if (client != null) {
            try {
                client.close();
            } catch (KafkaException refused) {
                // A client that may not do something says so once more when it is closed.
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @FunctionalInterface
    interface Attempt {
        void run() throws Exception;
    }

    /** What went wrong; empty if nothing did. */
    static String attempt(Attempt attempt) {
        try {
            attempt.run();
            return "";
        } catch (Exception e) {
            return e + " " + e.getCause();
        }
    }

    static KafkaConsumer<byte[], byte[]> consumer(Properties client, String group) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.put("group.id", group);
        properties.put("auto.offset.reset", "earliest");
        properties.put("isolation.level", "read_committed");
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    static void publish(KafkaProducer<byte[], byte[]> producer, String topic) throws Exception {
        producer.send(
                        new ProducerRecord<>(
                                topic, new byte[1], "{}".getBytes(StandardCharsets.UTF_8)))
                .get();
    }

    static KafkaProducer<byte[], byte[]> producer(Properties client) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.put("max.block.ms", "10000");
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static void describe(Admin user, String topic) throws Exception {
        user.describeConfigs(List.of(new ConfigResource(ConfigResource.Type.TOPIC, topic)))
                .all()
                .get();
    }

    @Override
    public void close() {
        List.copyOf(clients.keySet()).forEach(this::drop);
    }
}
