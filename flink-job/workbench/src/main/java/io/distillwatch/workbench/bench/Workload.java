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
    /** The same exchanges by 200 accounts, each from two networks. */
    DENSE;

    static final int SPARSE_ACCOUNTS = 100_000;
    private static final int DENSE_ACCOUNTS = 200;
    private static final String ACCOUNT_FIELD = "\"account_id\":\"";
    private static final String ADDRESS_FIELD = "\"client_ip\":\"";

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
                String account = text(line, ACCOUNT_FIELD);
                if (this == DENSE) {
                    int dense = Math.floorMod(account.hashCode(), DENSE_ACCOUNTS);
                    String address = text(line, ADDRESS_FIELD);
                    line =
                            line.replace(
                                    ADDRESS_FIELD + address, ADDRESS_FIELD + dense(dense, address));
                    line = line.replace(ACCOUNT_FIELD + account, ACCOUNT_FIELD + "dense-" + dense);
                    account = "dense-" + dense;
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

    private static String text(String line, String field) {
        int from = line.indexOf(field) + field.length();
        return line.substring(from, line.indexOf('"', from));
    }

    /** One of the account's addresses in the block for benchmarks, 198.18.0.0/15 (RFC 2544). */
    private static String dense(int account, String address) {
        int network = 2 * account + (address.hashCode() & 1);
        int host = 1 + Math.floorMod(address.hashCode(), 250);
        return "198." + (18 + network / 256) + "." + network % 256 + "." + host;
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
