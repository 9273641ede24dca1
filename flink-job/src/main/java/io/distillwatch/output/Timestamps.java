package io.distillwatch.output;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Times as every output writes them: ISO-8601, UTC, always with milliseconds. Written by hand,
 * since a formatter takes 400 ns a time and metrics carry four.
 */
public final class Timestamps {

    /** Characters of a time in the years 0 to 9999. */
    static final int LENGTH = 24;

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final long DAY = 86_400_000;
    private static final long EARLIEST = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
    private static final long LATEST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private Timestamps() {}

    /** Formats epoch milliseconds. */
    public static String format(long millis) {
        byte[] text = new byte[LENGTH];
        return write(millis, text, 0)
                ? new String(text, US_ASCII)
                : FORMAT.format(Instant.ofEpochMilli(millis));
    }

    /** Writes {@value #LENGTH} characters; false, with nothing written, outside 0 to 9999. */
    static boolean write(long millis, byte[] out, int at) {
        if (millis < EARLIEST || millis > LATEST) {
            return false;
        }
        int ofDay = (int) Math.floorMod(millis, DAY);
        // Civil date of a day number, with years that start in March (Hinnant, "chrono-compatible
        // low-level date algorithms").
        int day = (int) Math.floorDiv(millis, DAY) + 719_468;
        int era = Math.floorDiv(day, 146_097);
        int ofEra = day - era * 146_097;
        int yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int march = (5 * ofYear + 2) / 153;
        int month = march < 10 ? march + 3 : march - 9;
        int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        two(year / 100, out, at);
        two(year % 100, out, at + 2);
        out[at + 4] = '-';
        two(month, out, at + 5);
        out[at + 7] = '-';
        two(ofYear - (153 * march + 2) / 5 + 1, out, at + 8);
        out[at + 10] = 'T';
        two(ofDay / 3_600_000, out, at + 11);
        out[at + 13] = ':';
        two(ofDay / 60_000 % 60, out, at + 14);
        out[at + 16] = ':';
        two(ofDay / 1_000 % 60, out, at + 17);
        out[at + 19] = '.';
        out[at + 20] = (byte) ('0' + ofDay % 1_000 / 100);
        two(ofDay % 100, out, at + 21);
        out[at + 23] = 'Z';
        return true;
    }

    private static void two(int value, byte[] out, int at) {
        out[at] = (byte) ('0' + value / 10);
        out[at + 1] = (byte) ('0' + value % 10);
    }
}
