package io.distillwatch.sql.function;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;

/** {@code EVENT_TIME(text)}: a time as exchanges may carry it. */
public final class EventTimeFunction extends ScalarFunction {

    /** As many digits as epoch milliseconds have until the year 5138. */
    private static final String EPOCH_MILLIS = "\\d{1,14}";

    /** From ISO-8601 with an offset or from epoch milliseconds; null for null and anything else. */
    public @DataTypeHint("TIMESTAMP_LTZ(3)") Instant eval(String text) {
        if (text == null) {
            return null;
        }
        if (text.matches(EPOCH_MILLIS)) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        try {
            return Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
