package io.distillwatch.exchange;

import static io.distillwatch.testing.Exchanges.exchange;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.distillwatch.settings.DetectionSettings;
import io.distillwatch.testing.Exchanges;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalsTest {

    /** Stands in every prompt here; no message may repeat it. */
    private static final String SECRET = "xyzzy-plugh";

    private static final DetectionSettings SETTINGS = DetectionSettings.defaults();

    /** Taken in at noon of the day of the exchanges. */
    private static final long NOON = Exchanges.millis("12:00:00");

    private final ExchangeParser parser = new ExchangeParser(SETTINGS);

    static Stream<Arguments> badRecords() {
        Exchanges good = exchange().id("ex").saying(SECRET + " " + SECRET);
        String json = good.asJson();
        String open = json.substring(0, json.length() - 1);
        return Stream.of(
                // The bytes as a whole.
                refused("no bytes", "", "empty_record", null),
                refused("white space", " \n", "not_json", null),
                refused("prose", SECRET, "not_json", null),
                refused("NaN", "NaN", "not_json", null),
                refused("a string", '"' + SECRET + '"', "not_an_object", null),
                refused("an array", "[" + json + "]", "not_an_object", null),
                refused("a number", "7", "not_an_object", null),
                refused("a null", "null", "not_an_object", null),
                refused("broken off after a value", open, "not_json", null),
                refused(
                        "broken off in the prompt",
                        open.substring(0, open.indexOf(SECRET) + 5),
                        "not_json",
                        "prompt"),
                refused("single quotes", json.replace('"', '\''), "not_json", null),
                refused("a comma too many", open + ",}", "not_json", null),
                refused("a comment", "/* " + SECRET + " */" + json, "not_json", null),
                refused("a raw line feed in a string", open + ",\"x\":\"\n\"}", "not_json", null),
                refused("an unknown escape", open + ",\"x\":\"\\q\"}", "not_json", null),
                refused("a leading zero", open + ",\"x\":01}", "not_json", null),
                refused("infinity", open + ",\"embedding\":[Infinity]}", "not_json", "embedding"),
                refused("a second object", json + json, "trailing_data", null),
                refused("prose behind it", json + SECRET, "trailing_data", null),
                refused("a brace behind it", json + "}", "trailing_data", null),
                refused("a NUL behind it", json + "\0", "trailing_data", null),
                refused(
                        "UTF-16",
                        new String(
                                json.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.UTF_8),
                        "not_json",
                        null),
                refused("a key twice", open + ",\"prompt\":\"b\"}", "duplicate_key", "prompt"),
                refused("an unknown key twice", open + ",\"x\":1,\"x\":2}", "duplicate_key", null),
                refused(
                        "a key twice in an unknown field",
                        open + ",\"x\":[{\"" + SECRET + "\":1,\"" + SECRET + "\":2}]}",
                        "duplicate_key",
                        null),
                refused(
                        "a key twice by way of an escape",
                        open + ",\"\\u0070rompt\":\"b\"}",
                        "duplicate_key",
                        "prompt"),
                refused(
                        "an unknown key twice in the second of two objects",
                        open
                                + ",\"y\":{\"a\":1,\"b\":{\"a\":2}},\"x\":{\"a\":1,\"b\":{\"c\":1,\"c\":1}}}",
                        "duplicate_key",
                        null),
                refused(
                        "a role twice",
                        open + ",\"messages\":[{\"role\":\"a\",\"role\":\"b\"}]}",
                        "duplicate_key",
                        "messages"),
                refused(
                        "arrays in arrays",
                        open + ",\"x\":" + "[".repeat(64) + "]".repeat(64) + "}",
                        "nested_too_deep",
                        null),
                refused(
                        "a hundred thousand open objects in a message",
                        open + ",\"messages\":[" + "{\"a\":".repeat(100_000),
                        "nested_too_deep",
                        "messages"),
                refused(
                        "an endless key",
                        open + ",\"" + "k".repeat(60_000) + "\":1}",
                        "token_too_long",
                        null),
                refused(
                        "an endless number",
                        open + ",\"input_tokens\":" + "9".repeat(2000) + "}",
                        "token_too_long",
                        "input_tokens"),

                // Required fields.
                refused("no id", good.id(null), "missing_field", "exchange_id"),
                refused("a blank id", good.id(" \t"), "blank_field", "exchange_id"),
                refused("a numeric id", good.with("exchange_id", 7), "wrong_type", "exchange_id"),
                refused("no account", good.without("account_id"), "missing_field", "account_id"),
                refused("an empty account", good.by(""), "blank_field", "account_id"),
                refused(
                        "an account in an array",
                        good.with("account_id", List.of(SECRET)),
                        "wrong_type",
                        "account_id"),
                refused(
                        "an endless account",
                        good.by("a".repeat(513)),
                        "field_too_long",
                        "account_id"),
                refused(
                        "half a pair",
                        json.replace("acct-1", "a\\ud83c"),
                        "bad_text",
                        "account_id"),
                refused(
                        "the other half",
                        json.replace("acct-1", "\\udf3fa"),
                        "bad_text",
                        "account_id"),
                refused("no time", good.without("event_time"), "missing_field", "event_time"),
                refused(
                        "a null time",
                        good.with("event_time", null),
                        "missing_field",
                        "event_time"),
                refused("no address", good.without("client_ip"), "missing_field", "client_ip"),
                refused("a blank address", good.from(" "), "blank_field", "client_ip"),
                refused("a numeric address", good.with("client_ip", 7), "wrong_type", "client_ip"),
                refused("a host name", good.from("example.org"), "bad_address", "client_ip"),
                refused(
                        "an address and a port",
                        good.from("1.2.3.4:80"),
                        "bad_address",
                        "client_ip"),
                refused("two addresses", good.from("1.2.3.4, 5.6.7.8"), "bad_address", "client_ip"),

                // Time.
                refused(
                        "prose for a time",
                        good.with("event_time", SECRET),
                        "bad_time",
                        "event_time"),
                refused(
                        "digits in a string",
                        good.with("event_time", "1780315205250"),
                        "bad_time",
                        "event_time"),
                refused(
                        "a time without an offset",
                        good.with("event_time", "2026-06-01T12:00:00"),
                        "bad_time",
                        "event_time"),
                refused(
                        "the 30th of February",
                        good.with("event_time", "2026-02-30T12:00:00Z"),
                        "bad_time",
                        "event_time"),
                refused(
                        "parts of a millisecond",
                        good.with("event_time", 1780315205250.5),
                        "bad_time",
                        "event_time"),
                refused(
                        "a boolean time",
                        good.with("event_time", true),
                        "wrong_type",
                        "event_time"),
                refused("seconds", good.at(1_780_315_205L), "absurd_time", "event_time"),
                refused(
                        "microseconds",
                        good.at(1_780_315_205_250_000L),
                        "absurd_time",
                        "event_time"),
                refused(
                        "the last century",
                        good.at("1999-12-31T23:59:59.999Z"),
                        "absurd_time",
                        "event_time"),
                refused(
                        "the next century",
                        good.at("2100-01-01T00:00:00Z"),
                        "absurd_time",
                        "event_time"),
                refused(
                        "no number of this world",
                        good.with("event_time", -1e300),
                        "absurd_time",
                        "event_time"),
                refused("the least long", good.at(Long.MIN_VALUE), "absurd_time", "event_time"),
                refused(
                        "a day ahead",
                        good.at("2026-06-02T12:00:00Z"),
                        "event_time_ahead",
                        "event_time"),
                refused(
                        "an account of the last century",
                        good.with("account_created_at", 0),
                        "absurd_time",
                        "account_created_at"),
                refused(
                        "prose for a sign-up",
                        good.with("account_created_at", SECRET),
                        "bad_time",
                        "account_created_at"),

                // Text.
                refused("no text at all", good.without("prompt"), "missing_field", "prompt"),
                refused("an empty prompt", good.saying(""), "empty_prompt", "prompt"),
                refused("a blank prompt", good.saying(" \n\u00a0"), "empty_prompt", "prompt"),
                refused(
                        "an empty prompt before good messages",
                        messages(good, Map.of("role", "user", "content", SECRET)).saying(""),
                        "empty_prompt",
                        "prompt"),
                refused(
                        "a prompt in an array",
                        good.with("prompt", List.of(SECRET)),
                        "wrong_type",
                        "prompt"),
                refused("a numeric prompt", good.with("prompt", 7), "wrong_type", "prompt"),
                refused(
                        "an endless prompt",
                        good.saying("ab ".repeat(350_000)),
                        "prompt_too_long",
                        "prompt"),
                refused(
                        "an endless system prompt",
                        good.under("ab ".repeat(350_000)),
                        "prompt_too_long",
                        "system_prompt"),
                refused(
                        "an endless message",
                        messages(
                                good,
                                Map.of(
                                        "role",
                                        "user",
                                        "content",
                                        List.of("a".repeat(600_000), "b".repeat(600_000)))),
                        "prompt_too_long",
                        "messages"),
                refused(
                        "a record beyond all",
                        good.saying("a".repeat(5 << 20)),
                        "record_too_large",
                        null),
                refused("no messages", messages(good), "no_user_message", "messages"),
                refused(
                        "messages of others",
                        messages(good, Map.of("role", "assistant", "content", SECRET)),
                        "no_user_message",
                        "messages"),
                refused(
                        "messages without text, and a fingerprint",
                        messages(good, Map.of("role", "user", "content", ""))
                                .with("prompt_fingerprint", "f"),
                        "no_user_message",
                        "messages"),
                refused(
                        "messages that are a string",
                        good.with("messages", SECRET),
                        "wrong_type",
                        "messages"),
                refused(
                        "a message that is a string",
                        messages(good, SECRET),
                        "wrong_type",
                        "messages"),
                refused(
                        "a message without a role",
                        messages(good, Map.of("content", SECRET)),
                        "missing_field",
                        "messages"),
                refused(
                        "a numeric role",
                        messages(good, Map.of("role", 1, "content", SECRET)),
                        "wrong_type",
                        "messages"),
                refused(
                        "a numeric content",
                        messages(good, Map.of("role", "user", "content", 1)),
                        "wrong_type",
                        "messages"),
                refused(
                        "a content that is an object",
                        messages(
                                good,
                                Map.of("role", "assistant", "content", Map.of("text", SECRET))),
                        "wrong_type",
                        "messages"),
                refused(
                        "a numeric part",
                        messages(good, Map.of("role", "user", "content", List.of(SECRET, 1))),
                        "wrong_type",
                        "messages"),
                refused(
                        "a part with a numeric text",
                        messages(
                                good,
                                Map.of("role", "user", "content", List.of(Map.of("text", 1)))),
                        "wrong_type",
                        "messages"),

                // Optional fields.
                refused("negative tokens", good.costing(-1, 0), "out_of_range", "input_tokens"),
                refused("negative output", good.costing(0, -1), "out_of_range", "output_tokens"),
                refused(
                        "absurd tokens",
                        good.costing(0, 1_000_000_001),
                        "out_of_range",
                        "output_tokens"),
                refused(
                        "infinite tokens",
                        good.with("input_tokens", "@1e999"),
                        "out_of_range",
                        "input_tokens"),
                refused(
                        "half a token",
                        good.with("input_tokens", 1.5),
                        "wrong_type",
                        "input_tokens"),
                refused(
                        "tokens in a string",
                        good.with("input_tokens", "1"),
                        "wrong_type",
                        "input_tokens"),
                refused("a numeric model", good.with("model", 5), "wrong_type", "model"),
                refused("an endless model", good.to("m".repeat(513)), "field_too_long", "model"),
                refused(
                        "a numeric system prompt",
                        good.with("system_prompt", 5),
                        "wrong_type",
                        "system_prompt"),
                refused(
                        "an organisation that is an object",
                        good.with("organization_id", Map.of("id", 1)),
                        "wrong_type",
                        "organization_id"),
                refused("a numeric agent", good.with("user_agent", 5), "wrong_type", "user_agent"),
                refused(
                        "a boolean stack",
                        good.with("tls_fingerprint", false),
                        "wrong_type",
                        "tls_fingerprint"),
                refused(
                        "a numeric card",
                        good.with("payment_fingerprint", 4111),
                        "wrong_type",
                        "payment_fingerprint"),
                refused(
                        "a numeric conversation",
                        good.with("conversation_id", 5),
                        "wrong_type",
                        "conversation_id"),
                refused(
                        "a numeric fingerprint",
                        good.with("prompt_fingerprint", 5),
                        "wrong_type",
                        "prompt_fingerprint"),
                refused(
                        "an embedding in a string",
                        good.with("embedding", "AAAA"),
                        "wrong_type",
                        "embedding"),
                refused(
                        "a null in an embedding",
                        good.with("embedding", Collections.singletonList(null)),
                        "wrong_type",
                        "embedding"),
                refused(
                        "an array in an embedding",
                        good.with("embedding", List.of(List.of(1))),
                        "wrong_type",
                        "embedding"),
                refused(
                        "a number beyond a float",
                        good.with("embedding", List.of(0.5, 1e39)),
                        "bad_embedding",
                        "embedding"),
                refused(
                        "an endless embedding",
                        good.with("embedding", Collections.nCopies(16_385, 1)),
                        "bad_embedding",
                        "embedding"));
    }

    @ParameterizedTest(name = "{0}: {2} in {3}")
    @MethodSource("badRecords")
    void badRecordsAreRefusedWithReasonAndField(
            String what, byte[] record, String reason, String field) {
        Intake intake = parser.parse(record, "llm-exchanges", 0, 0, NOON);

        assertThat(intake.exchange()).isNull();
        assertThat(intake.refusal().reason()).isEqualTo(reason);
        assertThat(intake.refusal().field()).isEqualTo(field);
        assertThat(intake.original()).isSameAs(record);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badRecords")
    void messagesSpeakToAPersonAndRepeatNothingOfTheRecord(String what, byte[] record) {
        String message = parser.parse(record, "llm-exchanges", 0, 0, NOON).refusal().message();

        assertThat(message)
                .isNotBlank()
                .hasSizeLessThan(200)
                .doesNotContain("\n", "com.fasterxml", SECRET, "xyzzy", "plugh");
    }

    @ParameterizedTest
    @MethodSource("badRecords")
    void aBadRecordDoesNotSpoilTheNext(String what, byte[] record) {
        parser.parse(record, "llm-exchanges", 0, 0, NOON);

        Intake next = parser.parse(exchange().asBytes(), "llm-exchanges", 0, 0, NOON);

        assertThat(next.refusal()).isNull();
        assertThat(next.exchange()).usingRecursiveComparison().isEqualTo(exchange().asExchange());
    }

    @Test
    void tombstonesAreRefused() {
        Intake intake = parser.parse(null, "llm-exchanges", 0, 0, NOON);

        assertThat(intake.refusal().reason()).isEqualTo("empty_record");
        assertThat(intake.original()).isEmpty();
    }

    @Test
    void malformedUtf8IsRefusedWhereverItStands() {
        byte[] good = exchange().with("ignored", "abc").asBytes();
        for (String bad : List.of("ff", "c080", "eda080", "f4908080", "e282")) {
            byte[] malformed = HexFormat.of().parseHex(bad);
            for (int at = 0; at + malformed.length <= good.length; at++) {
                byte[] record = good.clone();
                System.arraycopy(malformed, 0, record, at, malformed.length);

                Refusal refusal = parser.parse(record, "t", 0, 0, NOON).refusal();

                assertThat(refusal.reason()).as("%s at %d", bad, at).isEqualTo("invalid_utf8");
                assertThat(refusal.message()).contains("byte " + at + " ");
            }
        }
    }

    @Test
    void whateverIsJustAllowedIsTaken() {
        Exchanges good = exchange().id("ex");
        List<Exchanges> justAllowed =
                List.of(
                        good.saying("a".repeat(1 << 20)),
                        good.saying("\ud83c\udf3f".repeat(1000)),
                        good.by("\ud83c\udf3f".repeat(512)),
                        good.costing(1_000_000_000, 0),
                        good.at("2000-01-01T00:00:00Z"),
                        good.with("embedding", Collections.nCopies(16_384, 1)),
                        good.with("x", "n".repeat(2 << 20)));

        for (Exchanges allowed : justAllowed) {
            assertThat(parser.parse(allowed.asBytes(), "t", 0, 0, NOON).refusal()).isNull();
        }
        String json = good.asJson();
        String sameKeysInDifferentObjects =
                json.substring(0, json.length() - 1)
                        + ",\"x\":{\"prompt\":1,\"x\":[{\"x\":1},{\"x\":1}]},\"y\":{\"x\":1}}";
        assertThat(parser.parse(bytes(sameKeysInDifferentObjects), "t", 0, 0, NOON).refusal())
                .isNull();
        String nested =
                json.substring(0, json.length() - 1)
                        + ",\"x\":"
                        + "[".repeat(63)
                        + "]".repeat(63)
                        + "}";
        assertThat(parser.parse(bytes(nested), "t", 0, 0, NOON).refusal()).isNull();
    }

    @Test
    void everyReasonIsMetHereButTheInternalOne() {
        Set<String> met =
                badRecords().map(bad -> (String) bad.get()[2]).collect(Collectors.toSet());
        met.add("invalid_utf8"); // in a case of its own above

        List<String> known = new ArrayList<>();
        for (RefusalReason reason : RefusalReason.values()) {
            known.add(reason.label());
        }
        known.remove("internal_error");
        assertThat(met).containsExactlyInAnyOrderElementsOf(known);
    }

    private static Exchanges messages(Exchanges exchange, Object... messages) {
        return exchange.without("prompt").with("messages", List.of(messages));
    }

    private static Arguments refused(String what, Exchanges record, String reason, String field) {
        // "@" marks JSON that the object mapper cannot write.
        return refused(what, record.asJson().replaceAll("\"@([^\"]*)\"", "$1"), reason, field);
    }

    private static Arguments refused(String what, String record, String reason, String field) {
        return arguments(what, bytes(record), reason, field);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
