package io.distillwatch.kafka;

/** Kafka cannot be used; the message says why and what to do, for a person at a terminal. */
public final class KafkaUnavailableException extends RuntimeException {

    KafkaUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** None: the message is all that helps, and Flink's client would print it below the stack. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
