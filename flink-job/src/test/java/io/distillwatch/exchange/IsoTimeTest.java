package io.distillwatch.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

    private static final long SEED = 20_260_601;

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T12:34:56.789Z, 2026-06-01T12:34:56.789Z",
        "2026-06-01T12:34:56Z, 2026-06-01T12:34:56Z",
        "2026-06-01T12:34:56.7Z, 2026-06-01T12:34:56.700Z",
        "2026-06-01T12:34:56.78Z, 2026-06-01T12:34:56.780Z",
        "2026-06-01T12:34:56.789999999Z, 2026-06-01T12:34:56.789Z",
        "2026-06-01T12:34:56.789012345678901234Z, 2026-06-01T12:34:56.789Z",
        "2026-06-01T14:34:56.789+02:00, 2026-06-01T12:34:56.789Z",
        "2026-06-01T07:04:56-05:30, 2026-06-01T12:34:56Z",
        "2026-06-01T12:34:56-00:00, 2026-06-01T12:34:56Z",
        "2026-01-01T00:00:00+18:00, 2025-12-31T06:00:00Z",
        "2026-06-01T12:34Z, 2026-06-01T12:34:00Z",
        "2026-06-01T14:34:56+02, 2026-06-01T12:34:56Z",
        "2026-06-01t12:34:56z, 2026-06-01T12:34:56Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
        "2000-02-29T23:59:59.999Z, 2000-02-29T23:59:59.999Z",
    })
    void readsWhatIso8601Allows(String text, Instant time) {
        assertThat(read(text)).isEqualTo(time.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-06-01",
                "12:34:56Z",
                "2026-06-01T12:34:56",
                "2026-06-01T12:34:56.789",
                "2026-06-01 12:34:56Z",
                "2026-06-01T12:34:56.Z",
                "2026-06-01T12:34:56,789Z",
                "2026-06-01T12:34:56.7a9Z",
                "2026-06-01T12:34:56ZZ",
                "2026-06-01T12:34:56Z ",
                " 2026-06-01T12:34:56Z",
                "2026-06-01T24:00:00Z",
                "2026-06-01T23:60:00Z",
                "2026-06-01T23:59:60Z",
                "2026-06-31T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "1900-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-6-01T00:00:00Z",
                "26-06-01T00:00:00Z",
                "2026-06-01T12:34:56+18:01",
                "2026-06-01T12:34:56+02:60",
                "2026-06-01T12:34:56+2:00",
                "2026-06-01T12:34:56+-2:00",
                "2026-06-01T12:34:56UTC",
                "2026-06-01T12:34:56Z[Europe/Berlin]",
                "-026-06-01T12:34:56Z",
                "202\u0666-06-01T12:34:56Z",
                "2026/06/01T12:34:56Z",
                "1780317296789",
                "+999999999-12-31T23:59:59Z"
            })
    void whateverElseIsNoTime(String text) {
        assertThat(read(text)).isEqualTo(IsoTime.NOT_A_TIME);
    }

    @Test
    void hostileTextIsNotReadToItsEnd() {
        assertThat(read("2026-06-01T12:34:56." + "0".repeat(100) + "Z"))
                .isEqualTo(IsoTime.NOT_A_TIME);
    }

    @Test
    void knowsEveryDayOfTheCalendar() {
        LocalDate day = LocalDate.of(0, 1, 1);
        long expected = day.toEpochDay() * 86_400_000L;
        while (day.getYear() < 10_000) {
            if (read(day + "T00:00:00.000Z") != expected) {
                assertThat(read(day + "T00:00:00.000Z")).as(day.toString()).isEqualTo(expected);
            }
            day = day.plusDays(day.getYear() > 1990 && day.getYear() < 2110 ? 1 : 7);
            expected = day.toEpochDay() * 86_400_000L;
        }
    }

    @Test
    void agreesWithJavaTimeOnRandomTimes() {
        Random random = new Random(SEED);
        for (int i = 0; i < 50_000; i++) {
            ZoneOffset offset = ZoneOffset.ofTotalSeconds((random.nextInt(2161) - 1080) * 60);
            OffsetDateTime time =
                    Instant.ofEpochSecond(
                                    random.nextLong(946_684_800L, 4_102_444_800L),
                                    random.nextInt(1_000_000_000))
                            .atOffset(offset);

            long expected = time.toInstant().toEpochMilli();
            if (read(time.toString()) != expected) { // an assertion each would take seconds
                assertThat(read(time.toString())).as("%s, seed %d", time, SEED).isEqualTo(expected);
            }
        }
    }

    /** In the middle of a larger array, as the JSON parser hands it over. */
    private static long read(String text) {
        char[] buffer = ("99" + text + "99").toCharArray();
        return IsoTime.epochMillis(buffer, 2, text.length());
    }
}
