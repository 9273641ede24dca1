package io.distillwatch.kafka;

/** Kafka cannot be used; the message says why and what to do, for a person at a terminal. */
public final class KafkaUnavailableException extends RuntimeException {

    KafkaUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
