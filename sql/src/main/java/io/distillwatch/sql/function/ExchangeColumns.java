package io.distillwatch.sql.function;

import io.distillwatch.exchange.Exchange;
import io.distillwatch.fingerprint.ElicitationCue;
import io.distillwatch.metrics.Hashes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.types.Row;

/** A row of any table as an exchange, by the names of the columns of the view {@code exchanges}. */
final class ExchangeColumns {

    private static final long[] NO_FEATURES = {};

    private final Row row;
    private final Set<String> names;

    /**
     * @throws IllegalArgumentException if there is no column {@code account_id}
     */
    ExchangeColumns(String function, Row row) {
        this.row = row;
        this.names = row.getFieldNames(true);
        if (names == null || !names.contains("account_id")) {
            throw Arguments.refusal(function, "input", "has no column account_id");
        }
    }

    String account() {
        return text("account_id");
    }

    /**
     * The texts of several columns together; null if one of them has none.
     *
     * @throws IllegalArgumentException if there is no such column, or if it holds no text or number
     */
    String text(String function, List<String> columns) {
        List<String> texts = new ArrayList<>();
        for (String column : columns) {
            if (!names.contains(column)) {
                throw Arguments.refusal(function, "group_by", "names no column: " + column);
            }
            Object value = row.getField(column);
            if (value instanceof Object[] || value instanceof Map || value instanceof byte[]) {
                throw Arguments.refusal(
                        function, "group_by", "holds more than one value: " + column);
            }
            if (value == null || value.toString().isBlank()) {
                return null;
            }
            texts.add(value.toString());
        }
        return String.join(" + ", texts);
    }

    Exchange exchange(long eventTime) {
        return new Exchange(
                hash("exchange_key"),
                account(),
                eventTime,
                text("ip_prefix"),
                text("organization_id"),
                text("model"),
                number("input_tokens"),
                number("output_tokens"),
                hash("prompt"),
                hash("family"),
                hash("body"),
                hash("system_prompt"),
                hash("client"),
                hash("payment"),
                hash("conversation"),
                time("account_created_at"),
                (int) number("prompt_tokens"),
                (int) number("earlier_turns"),
                cues(),
                NO_FEATURES,
                0,
                0);
    }

    private Object value(String column) {
        return names.contains(column) ? row.getField(column) : null;
    }

    private String text(String column) {
        Object value = value(column);
        return value == null || value.toString().isBlank() ? null : value.toString();
    }

    private long number(String column) {
        return value(column) instanceof Number number ? number.longValue() : 0;
    }

    private long time(String column) {
        return value(column) instanceof Instant time ? time.toEpochMilli() : 0;
    }

    /** A fingerprint as the job writes it, or the hash of any other text; 0 for none. */
    private long hash(String column) {
        String text = text(column);
        if (text == null) {
            return 0;
        }
        return text.matches("[0-9a-f]{16}") ? Long.parseUnsignedLong(text, 16) : Hashes.of(text);
    }

    private int cues() {
        if (!(value("cues") instanceof Object[] found)) {
            return 0;
        }
        Set<Object> named = Set.copyOf(Arrays.asList(found));
        int bits = 0;
        for (ElicitationCue cue : ElicitationCue.values()) {
            if (named.contains(cue.name())) {
                bits |= cue.bit();
            }
        }
        return bits;
    }
}
