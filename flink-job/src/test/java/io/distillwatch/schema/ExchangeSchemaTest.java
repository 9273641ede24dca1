package io.distillwatch.schema;

import static io.distillwatch.testing.Exchanges.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.testing.Exchanges;
import io.distillwatch.testing.Schemas;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What producers read about exchanges and what the job does with them is the same. */
class ExchangeSchemaTest {

    private static final Schemas SCHEMA = Schemas.named("exchange");

    private static final Exchanges GOOD = exchange().id("ex");

    static Stream<Exchanges> goodExchanges() {
        return Stream.of(
                GOOD,
                GOOD.at(1_780_315_205_250L),
                GOOD.with("event_time", 1.78031520525e12),
                GOOD.with("event_time", "2026-06-01T14:00:00.123456789+02:00"),
                GOOD.at("2000-01-01T00:00:00Z"),
                GOOD.from("2001:db8::1"),
                GOOD.from("::ffff:203.0.113.7"),
                GOOD.from("::"),
                GOOD.by("a"),
                GOOD.by("\ud83c\udf3f".repeat(512)),
                GOOD.saying("a".repeat(1 << 20)),
                GOOD.under("Be brief.").to("large-3").costing(0, 1_000_000_000),
                GOOD.with("input_tokens", 12.0),
                GOOD.with("embedding", List.of(1, -0.5, 1e-30)),
                GOOD.with("embedding", List.of()),
                GOOD.with("account_created_at", "2026-05-30T00:00:00Z"),
                GOOD.with("anything", Map.of("else", List.of(1))),
                nothingOptional(),
                nothingOptional().with("account_created_at", 1_780_315_205_250L),
                blankOptional(),
                says(user("hello")),
                says(Map.of("role", "system", "content", "Be brief."), user("hello")),
                says(user("hello"), Map.of("role", "assistant")),
                says(user("hello"), user("")),
                says(user(List.of("a", Map.of("type", "text", "text", "b")))),
                says(user(List.of(Map.of("type", "image"), Map.of("text", "b")))),
                GOOD.with("messages", List.of()),
                GOOD.with("messages", null),
                GOOD.with("prompt", null).with("messages", List.of(user("hello"))),
                GOOD.without("prompt").with("prompt_fingerprint", "f"),
                GOOD.without("prompt").with("messages", null).with("prompt_fingerprint", "f"));
    }

    static Stream<Exchanges> badExchanges() {
        return Stream.of(
                GOOD.id(""),
                GOOD.id(null),
                GOOD.with("exchange_id", 7),
                GOOD.without("account_id"),
                GOOD.by(" "),
                GOOD.by("a".repeat(513)),
                GOOD.with("account_id", List.of("a")),
                GOOD.without("client_ip"),
                GOOD.from("example.org"),
                GOOD.from("203.0.113.256"),
                GOOD.from("203.0.113.7:443"),
                GOOD.from("[2001:db8::1]"),
                GOOD.from("1::2::3"),
                GOOD.with("client_ip", 7),
                GOOD.without("event_time"),
                GOOD.with("event_time", null),
                GOOD.with("event_time", "2026-06-01"),
                GOOD.with("event_time", "2026-06-01T12:00:00"),
                GOOD.with("event_time", "2026-02-30T12:00:00Z"),
                GOOD.with("event_time", "1780315205250"),
                GOOD.with("event_time", true),
                GOOD.with("event_time", 1780315205250.5),
                GOOD.at(1_780_315_205L),
                GOOD.at(1_780_315_205_250_000L),
                GOOD.with("account_created_at", "yesterday"),
                GOOD.with("account_created_at", 0),
                GOOD.without("prompt"),
                GOOD.with("prompt", null),
                GOOD.saying(""),
                GOOD.saying(" \n"),
                GOOD.with("prompt", 7),
                GOOD.saying("a".repeat((1 << 20) + 1)),
                GOOD.saying("").with("messages", List.of(user("hello"))),
                GOOD.with("system_prompt", 7),
                GOOD.under("a".repeat((1 << 20) + 1)),
                GOOD.to("m".repeat(513)),
                GOOD.with("model", 7),
                GOOD.costing(-1, 0),
                GOOD.costing(0, 1_000_000_001),
                GOOD.with("input_tokens", 1.5),
                GOOD.with("input_tokens", "1"),
                GOOD.with("organization_id", Map.of()),
                GOOD.with("user_agent", 7),
                GOOD.with("tls_fingerprint", 7),
                GOOD.with("payment_fingerprint", 7),
                GOOD.with("conversation_id", 7),
                GOOD.with("embedding", "AAAA"),
                GOOD.with("embedding", List.of("1")),
                GOOD.with("embedding", Collections.singletonList(null)),
                GOOD.with("embedding", List.of(1e39)),
                GOOD.with("embedding", Collections.nCopies(16_385, 1)),
                says(),
                says(user("")),
                says(user(List.of())),
                says(user(List.of(Map.of("type", "image")))),
                says(Map.of("role", "assistant", "content", "hello")),
                says("hello"),
                says(Map.of("content", "hello")),
                says(Map.of("role", 1, "content", "hello")),
                says(user(1)),
                says(user(Map.of("text", "hello"))),
                says(user(List.of("hello", 1))),
                says(user(List.of(Map.of("text", 1)))),
                says(user("")).with("prompt_fingerprint", "f"),
                GOOD.with("messages", "hello"),
                GOOD.without("prompt").with("prompt_fingerprint", " "),
                GOOD.without("prompt").with("prompt_fingerprint", 7));
    }

    @ParameterizedTest
    @MethodSource("goodExchanges")
    void goodExchangesAreValidAndTaken(Exchanges exchange) {
        assertThat(exchange.asIntake().refusal()).isNull();
        assertThat(SCHEMA.faults(exchange.asJson())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("badExchanges")
    void badExchangesAreInvalidAndRefused(Exchanges exchange) {
        assertThat(exchange.asIntake().refusal()).isNotNull();
        assertThat(SCHEMA.faults(exchange.asJson())).isNotEmpty();
    }

    private static Exchanges nothingOptional() {
        Exchanges exchange = GOOD;
        for (String field :
                List.of(
                        "system_prompt",
                        "model",
                        "input_tokens",
                        "output_tokens",
                        "organization_id",
                        "user_agent",
                        "tls_fingerprint",
                        "payment_fingerprint",
                        "account_created_at",
                        "conversation_id",
                        "embedding",
                        "messages",
                        "prompt_fingerprint")) {
            exchange = exchange.with(field, null);
        }
        return exchange;
    }

    private static Exchanges blankOptional() {
        return GOOD.with("system_prompt", "")
                .with("model", "")
                .with("organization_id", " ")
                .with("user_agent", "")
                .with("tls_fingerprint", "")
                .with("payment_fingerprint", "")
                .with("conversation_id", "")
                .with("prompt_fingerprint", "");
    }

    private static Exchanges says(Object... messages) {
        return GOOD.without("prompt").with("messages", List.of(messages));
    }

    private static Map<String, Object> user(Object content) {
        return Map.of("role", "user", "content", content);
    }
}
