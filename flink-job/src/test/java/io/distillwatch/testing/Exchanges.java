package io.distillwatch.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.exchange.ExchangeParser;
import io.distillwatch.exchange.Intake;
import io.distillwatch.settings.DetectionSettings;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The vocabulary in which tests speak of exchanges: {@code
 * exchange().from("203.0.113.7").by("acct-1").at("12:00:05")}. Values do not change: every word
 * gives a new one. Times without a date are on {@link #DAY}.
 *
 * <p>An exchange that is not given an id has one made of account, time and prompt, so that a test
 * sends the same bytes whatever ran before it.
 */
public final class Exchanges {

    /** The day of times that name none. */
    public static final String DAY = "2026-06-01";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> fields;

    private Exchanges(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** An ordinary exchange at noon. */
    public static Exchanges exchange() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("event_time", DAY + "T12:00:00.000Z");
        fields.put("account_id", "acct-1");
        fields.put("client_ip", "203.0.113.7");
        fields.put("prompt", "How do I keep basil alive on a windowsill?");
        return new Exchanges(fields);
    }

    /** Epoch milliseconds of a time as {@link #at} takes it. */
    public static long millis(String time) {
        return Instant.parse(iso(time)).toEpochMilli();
    }

    private static String iso(String time) {
        return time.contains("T") ? time : DAY + "T" + time + "Z";
    }

    public Exchanges id(String exchangeId) {
        return with("exchange_id", exchangeId);
    }

    public Exchanges from(String clientIp) {
        return with("client_ip", clientIp);
    }

    public Exchanges by(String accountId) {
        return with("account_id", accountId);
    }

    /**
     * @param time {@code 12:00:05}, {@code 12:00:05.250} or a whole ISO-8601 time in UTC
     */
    public Exchanges at(String time) {
        return with("event_time", iso(time));
    }

    public Exchanges at(long epochMillis) {
        return with("event_time", epochMillis);
    }

    public Exchanges saying(String prompt) {
        return with("prompt", prompt);
    }

    public Exchanges under(String systemPrompt) {
        return with("system_prompt", systemPrompt);
    }

    public Exchanges to(String model) {
        return with("model", model);
    }

    public Exchanges ofOrganization(String organizationId) {
        return with("organization_id", organizationId);
    }

    public Exchanges costing(long inputTokens, long outputTokens) {
        return with("input_tokens", inputTokens).with("output_tokens", outputTokens);
    }

    public Exchanges with(String field, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(fields);
        changed.put(field, value);
        return new Exchanges(changed);
    }

    public Exchanges without(String field) {
        Map<String, Object> changed = new LinkedHashMap<>(fields);
        changed.remove(field);
        return new Exchanges(changed);
    }

    /** One JSON object, as a gateway writes it. */
    public String asJson() {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put(
                "exchange_id",
                "%s/%s/%08x"
                        .formatted(
                                fields.get("account_id"),
                                fields.get("event_time"),
                                String.valueOf(fields.get("prompt")).hashCode()));
        record.putAll(fields);
        try {
            return JSON.writeValueAsString(record);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] asBytes() {
        return asJson().getBytes(StandardCharsets.UTF_8);
    }

    /** As the source hands it on, whether accepted or refused, from position 0 of one partition. */
    public Intake asIntake() {
        return asIntake(DetectionSettings.defaults(), 0, 0, 0);
    }

    public Intake asIntake(
            DetectionSettings settings, int partition, long offset, long ingestedAt) {
        return new ExchangeParser(settings)
                .parse(asBytes(), "llm-exchanges", partition, offset, ingestedAt);
    }

    /**
     * @throws IllegalStateException when the parser refuses it
     */
    public Exchange asExchange() {
        Intake intake = asIntake();
        if (intake.refused()) {
            throw new IllegalStateException("no valid exchange: " + intake.refusal());
        }
        return intake.exchange();
    }
}
