package io.distillwatch.workbench.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EventTimeScanTest {

    @Test
    void readsIsoTimesAsJavaDoes() {
        long seed = 11;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Instant time =
                    Instant.ofEpochMilli(random.nextLong(-2_208_988_800_000L, 7_258_118_400_000L));
            assertThat(find("{\"event_time\":\"" + time + "\"}"))
                    .as("%s, seed %d", time, seed)
                    .isEqualTo(time.toEpochMilli());
        }
    }

    @Test
    void readsOffsetsSpacesAndLongFractions() {
        Instant time = Instant.parse("2026-04-22T12:00:05.123Z");
        assertThat(find("{ \"a\":1, \"event_time\" : \"2026-04-22T12:00:05.123456789Z\" }"))
                .isEqualTo(time.toEpochMilli());
        assertThat(find("{\"event_time\":\"" + time.atOffset(ZoneOffset.ofHours(2)) + "\"}"))
                .isEqualTo(time.toEpochMilli());
        assertThat(find("{\"event_time\":\"2026-04-22T12:00:05Z\"}"))
                .isEqualTo(time.toEpochMilli() - 123);
    }

    @Test
    void readsEpochMilliseconds() {
        assertThat(find("{\"event_time\":1776859205123,\"x\":0}")).isEqualTo(1_776_859_205_123L);
    }

    @Test
    void isNotFooledByTheKeyInsideAPrompt() {
        assertThat(
                        find(
                                "{\"prompt\":\"write {\\\"event_time\\\":\\\"2099-01-01T00:00:00Z\\\"}\","
                                        + "\"event_time\":\"1970-01-01T00:00:01Z\"}"))
                .isEqualTo(1_000);
    }

    @Test
    void findsNothingWhereThereIsNothing() {
        assertThat(find("")).isEqualTo(EventTimeScan.NONE);
        assertThat(find("not json")).isEqualTo(EventTimeScan.NONE);
        assertThat(find("{\"event_time\"")).isEqualTo(EventTimeScan.NONE);
        assertThat(find("{\"event_time\":")).isEqualTo(EventTimeScan.NONE);
        assertThat(find("{\"event_time\":null}")).isEqualTo(EventTimeScan.NONE);
        assertThat(find("{\"event_time\":\"yesterday, about noon\"}"))
                .isEqualTo(EventTimeScan.NONE);
        assertThat(find("{\"event_time\":\"2026-13-45T99:00:00+99:00\"}"))
                .isEqualTo(EventTimeScan.NONE);
    }

    private static long find(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return EventTimeScan.find(bytes, bytes.length);
    }
}
