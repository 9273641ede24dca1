package io.distillwatch.workbench.bench;

import io.distillwatch.workbench.simulate.ArrivalTraces;
import io.distillwatch.workbench.simulate.Scenario;
import io.distillwatch.workbench.simulate.TrafficSimulator;
import io.distillwatch.workbench.simulate.text.Texts;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The recorded exchanges: the same texts and times, by many accounts or by few. */
enum Workload {
    /** 100,000 accounts with a heavy tail: most send a few exchanges a day. */
    SPARSE,
    /** The same exchanges by 200 accounts. */
    DENSE;

    static final int SPARSE_ACCOUNTS = 100_000;
    private static final int DENSE_ACCOUNTS = 200;
    private static final String ACCOUNT_FIELD = "\"account_id\":\"";

    /** Days enough for any number of exchanges that is asked for. */
    private static final double DAYS = 30;

    String topic() {
        return "bench-" + name().toLowerCase(Locale.ROOT);
    }

    /**
     * What was written.
     *
     * @param accounts different accounts among the exchanges
     * @param bytes of all records
     */
    record Filled(long exchanges, int accounts, long bytes) {}

    /** Writes the exchanges; the topic exists. */
    Filled fill(String bootstrapServers, long seed, long exchanges) {
        TrafficSimulator simulator =
                new TrafficSimulator(
                        Scenario.of(seed, DAYS, SPARSE_ACCOUNTS, List.of()),
                        Texts.own(),
                        ArrivalTraces.none());
        Set<String> accounts = new HashSet<>();
        long bytes = 0;
        long written = 0;
        try (Producer<byte[], byte[]> producer = producer(bootstrapServers)) {
            while (written < exchanges && simulator.advance()) {
                String line = new String(simulator.line().copy(), StandardCharsets.UTF_8);
                int from = line.indexOf(ACCOUNT_FIELD) + ACCOUNT_FIELD.length();
                int to = line.indexOf('"', from);
                String account = line.substring(from, to);
                if (this == DENSE) {
                    account = "dense-" + Math.floorMod(account.hashCode(), DENSE_ACCOUNTS);
                    line = line.substring(0, from) + account + line.substring(to);
                }
                accounts.add(account);
                byte[] value = line.getBytes(StandardCharsets.UTF_8);
                bytes += value.length;
                written++;
                var unused =
                        producer.send(
                                new ProducerRecord<>(
                                        topic(),
                                        null,
                                        simulator.eventTime(),
                                        account.getBytes(StandardCharsets.UTF_8),
                                        value));
            }
        }
        return new Filled(written, accounts.size(), bytes);
    }

    private static Producer<byte[], byte[]> producer(String bootstrapServers) {
        Properties properties = new Properties();
        properties.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "20");
        properties.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(256 << 10));
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
