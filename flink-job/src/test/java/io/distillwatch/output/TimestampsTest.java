package io.distillwatch.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0001-12-31T23:59:59.999Z",
                "0000-01-01T00:00:00Z",
                "0000-02-29T12:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "1970-01-01T00:00:00Z",
                "2000-02-29T23:59:59.001Z",
                "2026-06-01T00:05:00Z",
                "2100-02-28T23:59:59.999Z",
                "2100-03-01T00:00:00Z",
                "9999-12-31T23:59:59.999Z",
                "+10000-01-01T00:00:00Z",
            })
    void edgesOfTheCalendarAreWrittenAsTheFormatterDoes(String time) {
        Instant instant = Instant.parse(time);
        assertThat(Timestamps.format(instant.toEpochMilli())).isEqualTo(FORMAT.format(instant));
    }

    @Test
    void anyTimeIsWrittenAsTheFormatterDoes() {
        new Random(1)
                .longs(100_000, -62_167_219_200_000L, 253_402_300_800_000L)
                .forEach(
                        millis ->
                                assertThat(Timestamps.format(millis))
                                        .isEqualTo(FORMAT.format(Instant.ofEpochMilli(millis))));
    }
}
