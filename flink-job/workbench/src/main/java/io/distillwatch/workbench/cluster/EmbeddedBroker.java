package io.distillwatch.workbench.cluster;

import io.distillwatch.kafka.KafkaTopics;
import io.distillwatch.workbench.local.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker inside this process: one node, KRaft, on the loopback interface, without security.
 * Its data go with it unless the directory was given.
 */
public final class EmbeddedBroker implements AutoCloseable {

    /** Always the same, so that a broker can take up the directory of an earlier one. */
    private static final String CLUSTER_ID = "ZGlzdGlsbHdhdGNoX19fXw";

    private final KafkaRaftServer server;
    private final int port;
    private final Path directory;
    private final boolean temporary;

    private EmbeddedBroker(KafkaRaftServer server, int port, Path directory, boolean temporary) {
        this.server = server;
        this.port = port;
        this.directory = directory;
        this.temporary = temporary;
    }

    /** A broker on a free port with its data in a temporary directory. */
    public static EmbeddedBroker start() {
        return start(Ports.any());
    }

    /**
     * A broker with its data in a temporary directory.
     *
     * @param port to listen on, 1 to 65535
     * @throws IllegalStateException if the port is taken
     */
    public static EmbeddedBroker start(int port) {
        return start(port, Directories.temporary("distillwatch-kafka"), true);
    }

    /**
     * A broker with its data in a directory that outlives it.
     *
     * @param directory empty, absent, or left by an earlier broker of this kind
     */
    public static EmbeddedBroker start(int port, Path directory) {
        return start(port, directory, false);
    }

    private static EmbeddedBroker start(int port, Path directory, boolean temporary) {
        if (!Ports.isFree(port)) {
            throw new IllegalStateException(
                    "port " + port + " is taken: stop what listens there, or name another port");
        }
        Map<String, String> config = config(port, Ports.any(), directory);
        format(config, directory);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(config, false), Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(server, port, directory, temporary);
    }

    private static Map<String, String> config(int port, int controllerPort, Path directory) {
        Map<String, String> config = new HashMap<>();
        config.put("process.roles", "broker,controller");
        config.put("node.id", "1");
        config.put("controller.quorum.voters", "1@localhost:" + controllerPort);
        config.put("controller.listener.names", "CONTROLLER");
        config.put("inter.broker.listener.name", "CLIENT");
        config.put(
                "listeners",
                "CLIENT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort);
        config.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        config.put("log.dirs", directory.resolve("data").toString());
        // One node: every topic of Kafka's own has one replica.
        config.put("offsets.topic.replication.factor", "1");
        config.put("offsets.topic.num.partitions", "1");
        config.put("transaction.state.log.replication.factor", "1");
        config.put("transaction.state.log.min.isr", "1");
        config.put("transaction.state.log.num.partitions", "4");
        config.put("share.coordinator.state.topic.replication.factor", "1");
        config.put("share.coordinator.state.topic.min.isr", "1");
        config.put("default.replication.factor", "1");
        // A missing topic is a mistake to be seen, not to be papered over.
        config.put("auto.create.topics.enable", "false");
        // Consumers start at once instead of waiting for others to join.
        config.put("group.initial.rebalance.delay.ms", "0");
        config.put("num.network.threads", "2");
        config.put("num.io.threads", "4");
        config.put("log.cleaner.dedupe.buffer.size", "4194304");
        config.put("log.cleaner.threads", "1");
        return config;
    }

    private static void format(Map<String, String> config, Path directory) {
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve("server.properties");
            Properties properties = new Properties();
            properties.putAll(config);
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
            PrintStream nowhere =
                    new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            int code =
                    StorageTool.execute(
                            new String[] {
                                "format",
                                "--config",
                                file.toString(),
                                "--cluster-id",
                                CLUSTER_ID,
                                "--ignore-formatted"
                            },
                            nowhere);
            if (code != 0) {
                throw new IllegalStateException("cannot use " + directory + " for a broker");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + directory, e);
        }
    }

    /** {@code localhost:port}. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /** The port that clients connect to. */
    public int port() {
        return port;
    }

    /** Creates the topics; those that exist are left as they are. */
    public void createTopics(Collection<KafkaTopics.Plan> plans) {
        for (KafkaTopics.Plan plan : plans) {
            createTopic(plan.name(), plan.partitions(), plan.config());
        }
    }

    /** Creates a topic unless it exists. */
    public void createTopic(String name, int partitions, Map<String, String> config) {
        try (Admin admin = Admin.create(clientProperties())) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(config)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("cannot create topic " + name, e.getCause());
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** A producer of plain bytes; the caller closes it. */
    public Producer<byte[], byte[]> producer() {
        Properties properties = clientProperties();
        properties.put("linger.ms", "5");
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer of committed records that belongs to no group; the caller assigns and closes. */
    public Consumer<byte[], byte[]> consumer() {
        Properties properties = clientProperties();
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "earliest");
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Every record of a topic that is committed now, by partition and then in order. An open
     * transaction hides what follows it.
     */
    public List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            // Of a read_committed consumer, the end is the last stable offset.
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            Set<TopicPartition> open = new HashSet<>(partitions);
            while (!open.isEmpty()) {
                open.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
                consumer.poll(Duration.ofMillis(50)).forEach(records::add);
            }
            records.removeIf(
                    record ->
                            record.offset()
                                    >= ends.get(new TopicPartition(topic, record.partition())));
            return records;
        }
    }

    /**
     * How many records a topic has got so far: those that were deleted since, and the marks that
     * end a transaction, count too.
     */
    public long written(String topic) {
        return ends(topic, IsolationLevel.READ_UNCOMMITTED).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Whether records stand in the topic whose transaction is not yet decided. */
    public boolean hasOpenTransaction(String topic) {
        return !ends(topic, IsolationLevel.READ_COMMITTED)
                .equals(ends(topic, IsolationLevel.READ_UNCOMMITTED));
    }

    private Map<Integer, Long> ends(String topic, IsolationLevel isolation) {
        try (Admin admin = Admin.create(clientProperties())) {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .forEach(
                            partition ->
                                    latest.put(
                                            new TopicPartition(topic, partition.partition()),
                                            OffsetSpec.latest()));
            Map<Integer, Long> ends = new HashMap<>();
            admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
            return ends;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot describe topic " + topic, e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Properties clientProperties() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers());
        return properties;
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while talking to the broker", e);
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        if (temporary) {
            Directories.delete(directory);
        }
    }
}
