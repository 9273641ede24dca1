package io.distillwatch.output;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as every output writes them: ISO-8601, UTC, always with milliseconds. */
public final class Timestamps {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Timestamps() {}

    /** Formats epoch milliseconds. */
    public static String format(long millis) {
        return FORMAT.format(Instant.ofEpochMilli(millis));
    }
}
