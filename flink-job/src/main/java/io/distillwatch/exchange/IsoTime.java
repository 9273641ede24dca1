package io.distillwatch.exchange;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/**
 * Reads an ISO-8601 date and time with an offset, e.g. {@code 2026-06-01T12:34:56.789Z} or {@code
 * 2026-06-01T14:34:56+02:00}, into epoch milliseconds; digits below the millisecond are cut off.
 *
 * <p>The common shape is read by hand, at some 20 ns; {@link DateTimeFormatter} takes whatever else
 * ISO-8601 allows. A time without an offset is none: its zone would be a guess.
 */
final class IsoTime {

    /** What {@link #epochMillis} returns for text that is not a time. */
    static final long NOT_A_TIME = Long.MIN_VALUE;

    /** No time that anybody writes is longer; keeps the slow path short on hostile text. */
    private static final int MAX_LENGTH = 64;

    private static final int SECONDS_END = 19; // of yyyy-MM-ddTHH:mm:ss
    private static final int MAX_OFFSET_MINUTES = 18 * 60; // as java.time.ZoneOffset
    private static final int[] DAYS_BEFORE_MONTH = {
        0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334
    };
    private static final int[] DAYS_OF_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private IsoTime() {}

    /** Epoch milliseconds of {@code text[from..from+length)}, or {@link #NOT_A_TIME}. */
    static long epochMillis(char[] text, int from, int length) {
        if (length > MAX_LENGTH) {
            return NOT_A_TIME;
        }
        long fast = common(text, from, length);
        return fast != NOT_A_TIME ? fast : general(new String(text, from, length));
    }

    private static long common(char[] text, int from, int length) {
        if (length <= SECONDS_END
                || text[from + 4] != '-'
                || text[from + 7] != '-'
                || text[from + 10] != 'T'
                || text[from + 13] != ':'
                || text[from + 16] != ':') {
            return NOT_A_TIME;
        }
        int century = two(text, from);
        int yearOfCentury = two(text, from + 2);
        int month = two(text, from + 5);
        int day = two(text, from + 8);
        int hour = two(text, from + 11);
        int minute = two(text, from + 14);
        int second = two(text, from + 17);
        if ((century | yearOfCentury | month | day | hour | minute | second) < 0
                || hour > 23
                || minute > 59
                || second > 59) {
            return NOT_A_TIME;
        }
        int year = century * 100 + yearOfCentury;
        if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
            return NOT_A_TIME;
        }

        int end = from + length;
        int at = from + SECONDS_END;
        int millis = 0;
        if (text[at] == '.') {
            int unit = 100;
            int first = ++at;
            while (at < end && isDigit(text[at])) {
                millis += (text[at++] - '0') * unit;
                unit /= 10; // 0 from the fourth digit on
            }
            if (at == first || at == end) {
                return NOT_A_TIME;
            }
        }
        int offset = offsetMinutes(text, at, end);
        if (offset == Integer.MIN_VALUE) {
            return NOT_A_TIME;
        }
        long minutes = (epochDay(year, month, day) * 24 + hour) * 60 + minute - offset;
        return (minutes * 60 + second) * 1000 + millis;
    }

    private static int offsetMinutes(char[] text, int at, int end) {
        if (end - at == 1 && text[at] == 'Z') {
            return 0;
        }
        if (end - at != 6 || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') {
            return Integer.MIN_VALUE;
        }
        int hours = two(text, at + 1);
        int minutes = two(text, at + 4);
        int total = hours * 60 + minutes;
        if ((hours | minutes) < 0 || minutes > 59 || total > MAX_OFFSET_MINUTES) {
            return Integer.MIN_VALUE;
        }
        return text[at] == '-' ? -total : total;
    }

    private static long general(String text) {
        try {
            return Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text)).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return NOT_A_TIME;
        }
    }

    /** Two decimal digits; negative when they are none. */
    private static int two(char[] text, int at) {
        char tens = text[at];
        char ones = text[at + 1];
        return isDigit(tens) && isDigit(ones) ? (tens - '0') * 10 + ones - '0' : -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    private static int daysOf(int year, int month) {
        return month == 2 && isLeap(year) ? 29 : DAYS_OF_MONTH[month - 1];
    }

    /** Days since 1970-01-01 in the proleptic Gregorian calendar, for years 0 to 9999. */
    private static long epochDay(int year, int month, int day) {
        // Leap years before this one, counting year 0: as if every year began after its leap day.
        int leaps = year == 0 ? 0 : (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 + 1;
        long daysBeforeYear = 365L * year + leaps - 719_528; // 0000-01-01 to 1970-01-01
        int leapDay = month > 2 && isLeap(year) ? 1 : 0;
        return daysBeforeYear + DAYS_BEFORE_MONTH[month - 1] + leapDay + day - 1;
    }
}
