package io.distillwatch.workbench.bench;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Holds back the records of a rung's job until the job stands: what starts a job has been compiled
 * by then and is no part of what is measured. Kafka's clients put it in by themselves, in front of
 * whoever polls, so the job is the one that is deployed. There is one a process.
 */
public final class StartingGate
        implements ConsumerInterceptor<byte[], byte[]>, ProducerInterceptor<byte[], byte[]> {

    /** The client setting that asks for it. */
    static final String SETTING = "interceptor.classes";

    private static final AtomicInteger WAITING = new AtomicInteger();
    private static volatile CountDownLatch shut = new CountDownLatch(0);

    static void shut() {
        shut = new CountDownLatch(1);
    }

    static void open() {
        shut.countDown();
    }

    /** Readers that have records and stand before it. */
    static int waiting() {
        return WAITING.get();
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        WAITING.incrementAndGet();
        try {
            shut.await();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            WAITING.decrementAndGet();
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    /* A client setting is for producers as well: what they send goes through. */
    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> sent) {
        return sent;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {}

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void close() {}
}
