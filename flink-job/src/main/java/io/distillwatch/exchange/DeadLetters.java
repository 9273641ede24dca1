package io.distillwatch.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.distillwatch.output.OutputRecord;
import io.distillwatch.output.Timestamps;
import io.distillwatch.settings.DetectionSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes the records of {@code exchanges-dead-letter} and {@code exchanges-late}: why a record was
 * not counted, where it stands in the source, and its bytes.
 *
 * <p>The bytes are {@code original} as text where they are well-formed UTF-8, else {@code
 * original_base64}. Escaped, a record can outgrow the megabyte that a broker takes by default, and
 * whoever sends such a record must not stop the job by it: what would be larger than {@link
 * #MAX_VALUE_BYTES} is carried as {@code original_gzip_base64}, and if even that is too large, left
 * at its source position, with {@code original_omitted} saying so. Where originals are switched
 * off, because no prompt text may be copied, only the source position is written.
 *
 * <p>The key is the source position, {@code topic-partition@offset}: unique, the same when the
 * record is read again, and spread over the partitions. (The topic is left out where only the
 * exchange is left of the record.)
 */
public final class DeadLetters implements Serializable {

    /** Largest value: Kafka's default request of 1 MiB less room for key, headers and batch. */
    public static final int MAX_VALUE_BYTES = 1_000_000;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    // Keys of late records come from outside, as in ExchangeParser.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                    .build();

    private final boolean originals;

    /**
     * Dead letters with or without the original bytes, as the intake settings say.
     *
     * @param settings settings of the job
     */
    public DeadLetters(DetectionSettings settings) {
        this.originals = settings.intake().deadLetterOriginals();
    }

    /**
     * A refused record, stamped with the broker timestamp, or 0 where that is unknown.
     *
     * @throws IllegalArgumentException when the record was accepted
     */
    public OutputRecord refused(Intake intake) {
        Refusal refusal = intake.refusal();
        if (refusal == null) {
            throw new IllegalArgumentException(position(intake) + " was accepted");
        }
        return record(
                intake,
                json -> {
                    json.writeStringField("reason", refusal.reason());
                    if (refusal.field() != null) {
                        json.writeStringField("field", refusal.field());
                    }
                    json.writeStringField("message", refusal.message());
                },
                Math.max(0, intake.ingestedAt()));
    }

    /**
     * An accepted record that came after its time, stamped with its event time.
     *
     * @param watermark event time in epoch milliseconds up to which everything was taken to be
     *     there
     * @throws IllegalArgumentException when the record was refused
     */
    public OutputRecord late(Intake intake, long watermark) {
        Exchange exchange = intake.exchange();
        if (exchange == null) {
            throw new IllegalArgumentException(position(intake) + " was refused");
        }
        return record(
                intake,
                json -> {
                    writeLate(json, "late", exchange, watermark);
                    json.writeStringField("exchange_id", exchangeId(intake.original()));
                },
                exchange.eventTime());
    }

    /**
     * An exchange that was in time for its own source subtask, but whose partition had been idle
     * while the others closed its pane. Its bytes are not carried so far into the job: they stand
     * at the source position.
     *
     * @param closedUpTo event time in epoch milliseconds up to which panes are closed
     */
    public static OutputRecord lateAfterIdleness(Exchange exchange, long closedUpTo) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            writeLate(json, "late_after_idleness", exchange, closedUpTo);
            json.writeNumberField("source_partition", exchange.partition());
            json.writeNumberField("source_offset", exchange.offset());
            json.writeStringField("original_omitted", "not_carried");
            json.writeEndObject();
        } catch (IOException e) {
            throw inMemory(e);
        }
        String key = exchange.partition() + "@" + exchange.offset();
        return new OutputRecord(
                key.getBytes(StandardCharsets.UTF_8), bytes.toByteArray(), exchange.eventTime());
    }

    private static void writeLate(
            JsonGenerator json, String reason, Exchange exchange, long watermark)
            throws IOException {
        long lateness = watermark - exchange.eventTime();
        json.writeStringField("reason", reason);
        json.writeStringField("field", "event_time");
        json.writeStringField("message", "event_time is " + lateness + " ms behind the watermark");
        json.writeStringField("account_id", exchange.accountId());
        json.writeStringField("event_time", Timestamps.format(exchange.eventTime()));
        json.writeStringField("watermark", Timestamps.format(watermark));
        json.writeNumberField("lateness_ms", lateness);
    }

    private OutputRecord record(Intake intake, Head head, long timestamp) {
        byte[] value =
                write(intake, head, originals ? OriginalBytes.WHOLE : OriginalBytes.SWITCHED_OFF);
        if (value.length > MAX_VALUE_BYTES) {
            value = write(intake, head, OriginalBytes.COMPRESSED);
        }
        if (value.length > MAX_VALUE_BYTES) {
            value = write(intake, head, OriginalBytes.TOO_LARGE);
        }
        return new OutputRecord(
                position(intake).getBytes(StandardCharsets.UTF_8), value, timestamp);
    }

    private static byte[] write(Intake intake, Head head, OriginalBytes form) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(intake.original().length + 512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            head.write(json);
            json.writeStringField("source_topic", intake.topic());
            json.writeNumberField("source_partition", intake.partition());
            json.writeNumberField("source_offset", intake.offset());
            if (intake.ingestedAt() > 0) {
                json.writeStringField("ingested_at", Timestamps.format(intake.ingestedAt()));
            }
            json.writeNumberField("original_length", intake.original().length);
            form.write(json, intake.original());
            json.writeEndObject();
        } catch (IOException e) {
            throw inMemory(e);
        }
        return bytes.toByteArray();
    }

    private static UncheckedIOException inMemory(IOException e) {
        return new UncheckedIOException("an array in memory cannot fail", e);
    }

    /** An exchange travels with the hash of its id only: the text is in the original alone. */
    private static String exchangeId(byte[] original) throws IOException {
        try (JsonParser json = JSON.createParser(original)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                if (field.equals("exchange_id")) {
                    return json.getText();
                }
                json.skipChildren();
            }
        }
        throw new IllegalArgumentException("an accepted record has an exchange_id");
    }

    private static String position(Intake intake) {
        return intake.topic() + '-' + intake.partition() + '@' + intake.offset();
    }

    /** The fields that differ between the two topics. */
    @FunctionalInterface
    private interface Head {
        void write(JsonGenerator json) throws IOException;
    }
}
