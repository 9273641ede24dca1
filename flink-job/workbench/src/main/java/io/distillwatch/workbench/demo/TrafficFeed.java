package io.distillwatch.workbench.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.distillwatch.output.Timestamps;
import io.distillwatch.workbench.simulate.TrafficSimulator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Feeds simulated exchanges to a topic, faster than they would come. The timestamp of a Kafka
 * record is its event time: a broker's clock that ran at the same speed would show just that.
 */
final class TrafficFeed implements Runnable {

    /**
     * An exchange that was sent.
     *
     * @param eventTime epoch milliseconds
     */
    record Sent(String account, long eventTime) {}

    /** Waits shorter than this are not worth the call, nanoseconds. */
    private static final long SHORTEST_WAIT = TimeUnit.MILLISECONDS.toNanos(2);

    private final TrafficSimulator simulator;
    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final double speed;
    private final List<Sent> sent = new ArrayList<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile long count;
    private volatile long eventTime;
    private volatile boolean stopped;
    private volatile boolean done;

    /**
     * @param speed seconds of event time in a second
     */
    TrafficFeed(
            TrafficSimulator simulator,
            Producer<byte[], byte[]> producer,
            String topic,
            double speed) {
        this.simulator = simulator;
        this.producer = producer;
        this.topic = topic;
        this.speed = speed;
        this.eventTime = simulator.startsAt();
    }

    @Override
    public void run() {
        try {
            long begin = System.nanoTime();
            while (!stopped && simulator.advance()) {
                long time = simulator.eventTime();
                await(begin + (long) ((time - simulator.startsAt()) * 1e6 / speed));
                send(simulator.line().copy(), time);
            }
            producer.flush();
        } catch (RuntimeException e) {
            if (!stopped) {
                failure.compareAndSet(null, e);
            }
        } finally {
            done = true;
        }
    }

    private void send(byte[] line, long time) {
        byte[] account = AccountScan.find(line);
        var unused =
                producer.send(
                        new ProducerRecord<>(topic, null, time, account, line),
                        (metadata, e) -> {
                            if (e != null && !stopped) {
                                failure.compareAndSet(null, e);
                            }
                        });
        sent.add(new Sent(new String(account, StandardCharsets.UTF_8), time));
        count = sent.size();
        eventTime = time;
    }

    private static void await(long due) {
        long wait = due - System.nanoTime();
        if (wait > SHORTEST_WAIT) {
            LockSupport.parkNanos(wait);
        }
    }

    /** Ends the feed before its time. */
    void stop() {
        stopped = true;
    }

    boolean done() {
        return done;
    }

    /** Exchanges sent so far. */
    long count() {
        return count;
    }

    /** Event time of the last one, epoch milliseconds. */
    long eventTime() {
        return eventTime;
    }

    /** What went wrong; null when nothing did. */
    Exception failure() {
        return failure.get();
    }

    /** Writes what scoring needs of all that was sent: who and when, a line an exchange. */
    void writeSent(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Sent exchange : sent) {
                ObjectNode line = JsonNodeFactory.instance.objectNode();
                line.put("account_id", exchange.account());
                line.put("event_time", Timestamps.format(exchange.eventTime()));
                out.write(line.toString());
                out.newLine();
            }
        }
    }

    /** All that was sent; to be looked at when the feed is done. */
    List<Sent> sent() {
        return sent;
    }
}
