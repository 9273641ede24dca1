package io.distillwatch.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.distillwatch.output.OutputRecord;
import io.distillwatch.output.Timestamps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The JSON of the metrics topics: one key, one window. */
final class MetricsJson implements Serializable {

    private static final JsonFactory JSON = new JsonFactory();

    private final String keyField;
    private final String peersField;

    private MetricsJson(String keyField, String peersField) {
        this.keyField = keyField;
        this.peersField = peersField;
    }

    static MetricsJson ofAccounts() {
        return new MetricsJson("account_id", "distinct_prefixes");
    }

    static MetricsJson ofPrefixes() {
        return new MetricsJson("ip_prefix", "distinct_accounts");
    }

    OutputRecord record(String key, long start, long end, Slice slice) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(640);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField(keyField, key);
            json.writeStringField("window_start", time(start));
            json.writeStringField("window_end", time(end));
            json.writeStringField("window_size", Duration.ofMillis(end - start).toString());
            json.writeNumberField("exchanges", slice.exchanges);
            json.writeNumberField("input_tokens", slice.inputTokens);
            json.writeNumberField("output_tokens", slice.outputTokens);
            json.writeNumberField("distinct_prompts", slice.prompts.estimate());
            json.writeNumberField("distinct_prompts_error", slice.prompts.error());
            json.writeNumberField("distinct_families", slice.families.distinct());
            json.writeNumberField("distinct_families_error", slice.families.isExact() ? 0 : 0.0244);
            double ratio = Math.min(1, (double) slice.prompts.estimate() / slice.exchanges);
            json.writeNumberField("distinct_ratio", round(ratio));
            json.writeNumberField("family_entropy", round(slice.families.entropy()));
            json.writeNumberField("top_family_share", round(slice.families.topShare()));
            json.writeNumberField(peersField, slice.peers.estimate());
            json.writeNumberField(peersField + "_error", slice.peers.error());
            json.writeNumberField("distinct_clients", slice.clients.estimate());
            json.writeNumberField("distinct_clients_error", slice.clients.error());
            json.writeNumberField("active_hours", slice.hours.estimate());
            json.writeStringField("first_seen", time(slice.firstSeen));
            json.writeStringField("last_seen", time(slice.lastSeen));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new OutputRecord(key.getBytes(StandardCharsets.UTF_8), bytes.toByteArray(), end - 1);
    }

    private static String time(long millis) {
        return Timestamps.format(millis);
    }

    private static double round(double value) {
        return Math.round(value * 1e6) / 1e6;
    }
}
