package io.distillwatch.exchange;

import static io.distillwatch.testing.Exchanges.exchange;
import static io.distillwatch.testing.Exchanges.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distillwatch.output.OutputRecord;
import io.distillwatch.settings.DetectionSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DetectionSettings SETTINGS = DetectionSettings.defaults();
    private static final long NOON = millis("12:00:00");

    private final ExchangeParser parser = new ExchangeParser(SETTINGS);
    private final DeadLetters letters = new DeadLetters(SETTINGS);

    @Test
    void aRefusedRecordIsWrittenWithReasonPlaceAndBytes() throws IOException {
        String original =
                exchange().id("ex").saying("\"Gr\u00fc\u00dfe\"\n").costing(-1, 0).asJson();

        OutputRecord letter = letters.refused(parse(original));

        assertThat(JSON.readTree(letter.value()))
                .isEqualTo(
                        JSON.createObjectNode()
                                .put("reason", "out_of_range")
                                .put("field", "input_tokens")
                                .put("message", "input_tokens must be from 0 to 1000000000")
                                .put("source_topic", "llm-exchanges")
                                .put("source_partition", 3)
                                .put("source_offset", 4711)
                                .put("ingested_at", "2026-06-01T12:00:00.000Z")
                                .put("original_length", bytes(original).length)
                                .put("original", original));
        assertThat(letter.key()).isEqualTo(bytes("llm-exchanges-3@4711"));
        assertThat(letter.timestamp()).isEqualTo(NOON);
    }

    @Test
    void aLateRecordIsWrittenWithTheExchangeAndHowLateItWas() throws IOException {
        String original = exchange().id("ex-7").by("acct-7").at("11:58:59.500").asJson();

        OutputRecord letter = letters.late(parse(original), NOON);

        assertThat(JSON.readTree(letter.value()))
                .isEqualTo(
                        JSON.createObjectNode()
                                .put("reason", "late")
                                .put("field", "event_time")
                                .put("message", "event_time is 60500 ms behind the watermark")
                                .put("exchange_id", "ex-7")
                                .put("account_id", "acct-7")
                                .put("event_time", "2026-06-01T11:58:59.500Z")
                                .put("watermark", "2026-06-01T12:00:00.000Z")
                                .put("lateness_ms", 60_500)
                                .put("source_topic", "llm-exchanges")
                                .put("source_partition", 3)
                                .put("source_offset", 4711)
                                .put("ingested_at", "2026-06-01T12:00:00.000Z")
                                .put("original_length", bytes(original).length)
                                .put("original", original));
        assertThat(letter.timestamp()).isEqualTo(millis("11:58:59.500"));
    }

    @Test
    void bytesThatAreNoTextAreWrittenInBase64() throws IOException {
        byte[] original = {'{', (byte) 0xff, 0, '}'};

        JsonNode letter =
                JSON.readTree(letters.refused(parser.parse(original, "t", 0, 0, NOON)).value());

        assertThat(letter.has("original")).isFalse();
        assertThat(letter.get("original_base64").binaryValue()).isEqualTo(original);
        assertThat(letter.get("reason").textValue()).isEqualTo("invalid_utf8");
    }

    @Test
    void aRecordWithoutBytesHasAnEmptyOriginal() throws IOException {
        JsonNode letter = JSON.readTree(letters.refused(parser.parse(null, "t", 0, 0, 0)).value());

        assertThat(letter.get("original").textValue()).isEmpty();
        assertThat(letter.has("field")).isFalse();
        assertThat(letter.has("ingested_at")).isFalse();
    }

    @Test
    void originalsCanBeSwitchedOff() throws IOException {
        String secret = "xyzzy-plugh";
        DeadLetters places = new DeadLetters(withoutOriginals());

        byte[] refused =
                places.refused(parse(exchange().saying(secret).from(secret).asJson())).value();
        byte[] late = places.late(parse(exchange().saying(secret).asJson()), NOON + 1).value();

        assertThat(new String(refused, StandardCharsets.UTF_8)).doesNotContain(secret);
        assertThat(new String(late, StandardCharsets.UTF_8)).doesNotContain(secret);
        JsonNode letter = JSON.readTree(refused);
        assertThat(letter.get("original_omitted").textValue()).isEqualTo("switched_off");
        assertThat(letter.get("source_offset").longValue()).isEqualTo(4711);
        assertThat(letter.has("original")).isFalse();
    }

    @Test
    void whatOutgrowsABrokerIsCompressed() throws IOException {
        byte[] original = exchange().saying("\"a b\"\n".repeat(250_000)).asBytes();

        OutputRecord letter = letters.refused(parser.parse(original, "t", 0, 0, NOON));

        assertThat(letter.value()).hasSizeLessThan(DeadLetters.MAX_VALUE_BYTES);
        byte[] compressed = JSON.readTree(letter.value()).get("original_gzip_base64").binaryValue();
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes())
                .isEqualTo(original);
    }

    @Test
    void whatCannotBeCompressedStaysAtItsPlace() throws IOException {
        byte[] noise = new byte[2 << 20];
        new Random(7).nextBytes(noise);
        byte[] original = exchange().saying(Base64.getEncoder().encodeToString(noise)).asBytes();

        OutputRecord letter = letters.refused(parser.parse(original, "t", 0, 0, NOON));

        assertThat(letter.value()).hasSizeLessThan(1_000);
        JsonNode json = JSON.readTree(letter.value());
        assertThat(json.get("original_omitted").textValue()).isEqualTo("too_large");
        assertThat(json.get("original_length").intValue()).isEqualTo(original.length);
        assertThat(json.get("reason").textValue()).isEqualTo("prompt_too_long");
    }

    @Test
    void anAcceptedRecordIsNoDeadLetterAndARefusedOneIsNotLate() {
        assertThatThrownBy(() -> letters.refused(parse(exchange().asJson())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("llm-exchanges-3@4711");
        assertThatThrownBy(() -> letters.late(parse("{}"), NOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("llm-exchanges-3@4711");
    }

    private Intake parse(String json) {
        return parser.parse(bytes(json), "llm-exchanges", 3, 4711, NOON);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static DetectionSettings withoutOriginals() {
        DetectionSettings.Intake intake = SETTINGS.intake();
        return new DetectionSettings(
                new DetectionSettings.Intake(
                        intake.fingerprintSecret(),
                        intake.prefixLengthIpv4(),
                        intake.prefixLengthIpv6(),
                        intake.maxRecordBytes(),
                        false),
                SETTINGS.time(),
                SETTINGS.windows(),
                SETTINGS.families(),
                SETTINGS.groups());
    }
}
