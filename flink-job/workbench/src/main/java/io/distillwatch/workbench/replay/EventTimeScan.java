package io.distillwatch.workbench.replay;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/**
 * Reads the event time out of a raw log line without parsing it: enough to put lines in order, not
 * to judge them. A quote inside a JSON string is escaped, so the quoted key can only stand where a
 * key stands; in a line that is not JSON whatever is found is harmless, because the parser refuses
 * the line.
 */
final class EventTimeScan {

    /** No event time that could be read. */
    static final long NONE = Long.MIN_VALUE;

    private static final byte[] KEY = "event_time\"".getBytes(StandardCharsets.US_ASCII);

    private static final int LONGEST_TIME = 40;

    private EventTimeScan() {}

    /** The first event time in {@code bytes[0, length)} in epoch milliseconds, or {@link #NONE}. */
    static long find(byte[] bytes, int length) {
        int last = length - KEY.length;
        for (int i = 0; i < last; i++) {
            if (bytes[i] == '"' && keyAt(bytes, i + 1)) {
                return value(bytes, i + 1 + KEY.length, length);
            }
        }
        return NONE;
    }

    private static boolean keyAt(byte[] bytes, int at) {
        for (int i = 0; i < KEY.length; i++) {
            if (bytes[at + i] != KEY[i]) {
                return false;
            }
        }
        return true;
    }

    private static long value(byte[] bytes, int from, int length) {
        int i = from;
        while (i < length && (bytes[i] == ' ' || bytes[i] == ':' || bytes[i] == '\t')) {
            i++;
        }
        if (i < length && bytes[i] == '"') {
            return text(bytes, i + 1, length);
        }
        long millis = 0;
        int digits = 0;
        while (i < length && digits < 18 && digit(bytes[i])) {
            millis = millis * 10 + (bytes[i++] - '0');
            digits++;
        }
        return digits == 0 ? NONE : millis;
    }

    private static long text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < length && end - from < LONGEST_TIME && bytes[end] != '"') {
            end++;
        }
        // 2026-04-22T12:00:05.123Z, as nearly every log writes it
        if (end - from >= 20 && bytes[end - 1] == 'Z' && plain(bytes, from, end - 1)) {
            long seconds =
                    days(
                                            number(bytes, from, 4),
                                            number(bytes, from + 5, 2),
                                            number(bytes, from + 8, 2))
                                    * 86_400L
                            + number(bytes, from + 11, 2) * 3_600L
                            + number(bytes, from + 14, 2) * 60L
                            + number(bytes, from + 17, 2);
            return seconds * 1_000L + fraction(bytes, from + 19, end - 1);
        }
        try {
            return OffsetDateTime.parse(
                            new String(bytes, from, end - from, StandardCharsets.ISO_8859_1))
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return NONE;
        }
    }

    private static boolean plain(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            int offset = i - from;
            boolean fits =
                    switch (offset) {
                        case 4, 7 -> bytes[i] == '-';
                        case 10 -> bytes[i] == 'T';
                        case 13, 16 -> bytes[i] == ':';
                        case 19 -> bytes[i] == '.';
                        default -> digit(bytes[i]);
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] bytes, int from, int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            value = value * 10 + (bytes[from + i] - '0');
        }
        return value;
    }

    private static long fraction(byte[] bytes, int dot, int end) {
        long millis = 0;
        for (int i = 1; i <= 3; i++) {
            millis = millis * 10 + (dot + i < end ? bytes[dot + i] - '0' : 0);
        }
        return millis;
    }

    /** Days since 1970-01-01 in the proleptic Gregorian calendar; years start in March here. */
    private static long days(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int m = month <= 2 ? month + 9 : month - 3;
        return 365L * y + y / 4 - y / 100 + y / 400 + (m * 306L + 5) / 10 + day - 1 - 719_468;
    }

    private static boolean digit(byte b) {
        return b >= '0' && b <= '9';
    }
}
