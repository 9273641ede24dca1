package io.distillwatch.exchange;

import static io.distillwatch.testing.Exchanges.exchange;
import static io.distillwatch.testing.Exchanges.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.fingerprint.PromptFingerprint;
import io.distillwatch.fingerprint.PromptFingerprinter;
import io.distillwatch.settings.DetectionSettings;
import io.distillwatch.testing.Exchanges;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeParserTest {

    private static final DetectionSettings SETTINGS = DetectionSettings.defaults();

    private final ExchangeParser parser = new ExchangeParser(SETTINGS);
    private final PromptFingerprinter fingerprinter =
            new PromptFingerprinter(SETTINGS.intake().fingerprintSecret());

    @Test
    void readsEveryFieldOfTheContract() {
        Exchange read =
                accepted(
                        """
                        {"exchange_id": "ex-1", "event_time": "2026-06-01T12:00:05.250Z",
                         "account_id": "acct-1", "client_ip": "203.0.113.7",
                         "prompt": "Why is the sky blue?", "system_prompt": "Be brief.",
                         "model": "large-3", "input_tokens": 12, "output_tokens": 345,
                         "organization_id": "org-1", "user_agent": "sdk/1.2",
                         "tls_fingerprint": "t13d1516h2_8daaf6152771_02713d6af862",
                         "payment_fingerprint": "card-1", "conversation_id": "conv-1",
                         "account_created_at": "2026-05-30T00:00:00Z",
                         "embedding": [0.25, -1, 3e-2], "region": {"ignored": [true]}}
                        """);

        PromptFingerprint text =
                fingerprinter.fingerprint(
                        "Why is the sky blue?", "Be brief.", new float[] {0.25f, -1f, 0.03f});
        assertThat(read)
                .usingRecursiveComparison()
                .isEqualTo(
                        new Exchange(
                                fingerprinter.hash("ex-1"),
                                "acct-1",
                                millis("12:00:05.250"),
                                "203.0.113.0/24",
                                "org-1",
                                "large-3",
                                12,
                                345,
                                text.promptHash(),
                                text.familyHash(),
                                text.tailHash(),
                                text.systemHash(),
                                fingerprinter.hash(
                                        "client:sdk/1.2\0t13d1516h2_8daaf6152771_02713d6af862"),
                                fingerprinter.hash("payment:card-1"),
                                fingerprinter.hash("conversation:conv-1"),
                                millis("2026-05-30T00:00:00Z"),
                                text.tokens(),
                                0,
                                text.cues(),
                                text.features(),
                                0,
                                0));
        assertThat(read.systemHash()).isNotZero();
    }

    @Test
    void worksWhereEveryOptionalFieldIsAbsent() {
        Exchange read = exchange().asExchange();

        assertThat(read.organizationId()).isNull();
        assertThat(read.model()).isNull();
        assertThat(
                        List.of(
                                read.inputTokens(),
                                read.outputTokens(),
                                read.systemHash(),
                                read.clientHash(),
                                read.paymentHash(),
                                read.conversationHash(),
                                read.accountCreatedAt()))
                .containsOnly(0L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
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
                "prompt_fingerprint"
            })
    void nullInAnOptionalFieldIsAbsence(String field) {
        assertSame(exchange().id("ex").with(field, null), exchange().id("ex"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system_prompt",
                "model",
                "organization_id",
                "user_agent",
                "tls_fingerprint",
                "payment_fingerprint",
                "conversation_id",
                "prompt_fingerprint"
            })
    void blankTextInAnOptionalFieldIsAbsence(String field) {
        assertSame(exchange().id("ex").with(field, " \u00a0"), exchange().id("ex"));
    }

    @Test
    void keepsTheSourcePositionAndTheBytes() {
        byte[] bytes = exchange().asBytes();

        Intake intake = parser.parse(bytes, "llm-exchanges", 3, 4711, 99);

        assertThat(intake.topic()).isEqualTo("llm-exchanges");
        assertThat(intake.partition()).isEqualTo(3);
        assertThat(intake.offset()).isEqualTo(4711);
        assertThat(intake.ingestedAt()).isEqualTo(99);
        assertThat(intake.original()).isSameAs(bytes);
        assertThat(intake.refused()).isTrue(); // noon of 2026 is ahead of 1970

        Exchange accepted = parser.parse(bytes, "llm-exchanges", 3, 4712, 0).exchange();
        assertThat(accepted.partition()).isEqualTo(3);
        assertThat(accepted.offset()).isEqualTo(4712);
    }

    @Test
    void leavesNothingOfARecordToTheNext() {
        parse(
                exchange()
                        .ofOrganization("org-1")
                        .under("Be brief.")
                        .costing(1, 2)
                        .to("large-3")
                        .with("user_agent", "sdk")
                        .with("payment_fingerprint", "card")
                        .with("conversation_id", "conv")
                        .with("account_created_at", "2026-05-30T00:00:00Z")
                        .with("embedding", List.of(1, 2))
                        .with("messages", List.of(user("one"), user("two")))
                        .asJson());
        assertThat(parse("{\"exchange_id\":\"ex\",\"model\":\"left\",\"prompt\":7}").refused())
                .isTrue();

        assertThat(accepted(exchange().asJson()))
                .usingRecursiveComparison()
                .isEqualTo(exchange().asExchange());
        assertThat(parse("{}").refusal().field()).isEqualTo("exchange_id");
    }

    @Test
    void takesTheTextFromPromptThenMessagesThenFingerprint() {
        Exchanges all =
                exchange()
                        .id("ex")
                        .saying("from the prompt")
                        .with("messages", List.of(user("from the messages")))
                        .with("prompt_fingerprint", "from the producer");

        assertThat(accepted(all.asJson()).promptHash()).isEqualTo(promptHash("from the prompt"));
        assertThat(accepted(all.without("prompt").asJson()).promptHash())
                .isEqualTo(promptHash("from the messages"));
        assertThat(accepted(all.without("prompt").without("messages").asJson()).promptHash())
                .isEqualTo(fingerprinter.opaque("from the producer", null, null).promptHash());
    }

    @Test
    void whereThePromptIsWithheldTheSystemPromptAndTheEmbeddingStillCount() {
        Exchanges withheld =
                exchange().without("prompt").with("prompt_fingerprint", "from the producer");
        String system = "You grade answers on a scale from one to ten and say why, step by step.";
        List<Double> embedding = List.of(0.5, -0.25, 0.125);

        Exchange bare = accepted(withheld.asJson());
        Exchange under = accepted(withheld.under(system).asJson());
        Exchange embedded = accepted(withheld.with("embedding", embedding).asJson());
        Exchange text = accepted(exchange().under(system).asJson());

        assertThat(bare.systemHash()).isZero();
        assertThat(under.systemHash()).isEqualTo(text.systemHash()).isNotZero();
        assertThat(under.cues()).isEqualTo(text.cues());
        assertThat(under.features()).hasSizeGreaterThan(1).contains(bare.features());
        assertThat(text.features()).as("those of the system prompt").contains(added(under, bare));
        assertThat(added(embedded, bare))
                .containsExactly(
                        added(
                                accepted(exchange().with("embedding", embedding).asJson()),
                                accepted(exchange().asJson())));
    }

    private static long[] added(Exchange more, Exchange less) {
        return Arrays.stream(more.features())
                .filter(f -> Arrays.binarySearch(less.features(), f) < 0)
                .toArray();
    }

    @Test
    void readsTheLastUserMessageAndTheFirstSystemMessage() {
        Exchange read =
                withMessages(
                        message("system", "Be brief."),
                        message("developer", "Be long."),
                        user("first"),
                        message("assistant", "an answer"),
                        user("second"),
                        message("assistant", null),
                        message("tool", List.of(Map.of("type", "result", "rows", List.of(1)))));

        PromptFingerprint expected = fingerprinter.fingerprint("second", "Be brief.", null);
        assertThat(read.promptHash()).isEqualTo(expected.promptHash());
        assertThat(read.systemHash()).isEqualTo(expected.systemHash());
        assertThat(read.earlierTurns()).isEqualTo(1);
    }

    @Test
    void passesOverUserMessagesWithoutText() {
        Exchange read =
                withMessages(
                        user("fix the build"),
                        Map.of(
                                "role",
                                "user",
                                "content",
                                List.of(Map.of("type", "tool_result", "content", "exit 1"))));

        assertThat(read.promptHash()).isEqualTo(promptHash("fix the build"));
        assertThat(read.earlierTurns()).isZero();
    }

    @Test
    void joinsTheTextPartsOfAMessage() {
        Exchange read =
                withMessages(
                        Map.of(
                                "role",
                                "user",
                                "content",
                                List.of(
                                        Map.of("type", "text", "text", "look at"),
                                        Map.of("type", "image", "url", "data:,"),
                                        "this",
                                        Map.of("type", "text", "text", "picture"))));

        assertThat(read.promptHash()).isEqualTo(promptHash("look at\nthis\npicture"));
    }

    @Test
    void readsAMessageWhoseRoleComesLast() {
        Exchange read =
                accepted(
                        """
                        {"messages": [{"content": "hello there", "role": "user"}],
                         "client_ip": "::1", "account_id": "a", "exchange_id": "e",
                         "event_time": 1780315205250}
                        """);

        assertThat(read.promptHash()).isEqualTo(promptHash("hello there"));
        assertThat(read.eventTime()).isEqualTo(millis("12:00:05.250"));
        assertThat(read.prefix()).isEqualTo("::/48");
    }

    @Test
    void countsEarlierTurnsEvenWhereThePromptIsGiven() {
        Exchange read =
                accepted(
                        exchange()
                                .saying("three")
                                .with("messages", List.of(user("one"), user("two"), user("three")))
                                .asJson());

        assertThat(read.earlierTurns()).isEqualTo(2);
    }

    @Test
    void ownSystemPromptComesBeforeThatOfTheMessages() {
        Exchange read =
                accepted(
                        exchange()
                                .under("Be brief.")
                                .with("messages", List.of(message("system", "Be long.")))
                                .asJson());

        assertThat(read.systemHash())
                .isEqualTo(fingerprinter.fingerprint("x", "Be brief.", null).systemHash());
    }

    @Test
    void takesWholeNumbersWrittenWithAFraction() {
        Exchange read =
                accepted(
                        exchange()
                                .with("input_tokens", 12.0)
                                .with("event_time", 1.78031520525e12)
                                .asJson());

        assertThat(read.inputTokens()).isEqualTo(12);
        assertThat(read.eventTime()).isEqualTo(millis("12:00:05.250"));
    }

    @Test
    void skipsAByteOrderMark() {
        assertThat(parse("\ufeff" + exchange().asJson()).refused()).isFalse();
    }

    @Test
    void takesAnyTextThatUnicodeKnows() {
        String text = "\u00e4 \u20ac \ud83c\udf3f \u0000 \ufffd";

        assertThat(accepted(exchange().by(text).saying(text).asJson()).accountId()).isEqualTo(text);
    }

    @Test
    void aPromptMayHoldHalfOfASurrogatePair() {
        assertThat(parse(exchange().asJson().replace("basil", "\\ud83c")).refused()).isFalse();
    }

    @Test
    void oneClientIsUserAgentAndTlsTogether() {
        Exchanges agent = exchange().with("user_agent", "a");

        assertThat(
                        List.of(
                                agent.asExchange().clientHash(),
                                exchange().with("tls_fingerprint", "a").asExchange().clientHash(),
                                agent.with("tls_fingerprint", "a").asExchange().clientHash()))
                .doesNotHaveDuplicates()
                .doesNotContain(0L);
    }

    @Test
    void equalTextInDifferentFieldsIsNotOneHash() {
        Exchange read =
                exchange()
                        .id("same")
                        .with("user_agent", "same")
                        .with("payment_fingerprint", "same")
                        .with("conversation_id", "same")
                        .asExchange();

        assertThat(
                        List.of(
                                read.exchangeHash(),
                                read.clientHash(),
                                read.paymentHash(),
                                read.conversationHash()))
                .doesNotHaveDuplicates();
    }

    @Test
    void anExchangeAsFarAheadAsAllowedIsTaken() {
        long ahead = SETTINGS.time().maxAhead().toMillis();
        byte[] bytes = exchange().asBytes();
        long noon = millis("12:00:00");

        assertThat(parser.parse(bytes, "t", 0, 0, noon - ahead).refused()).isFalse();
        assertThat(parser.parse(bytes, "t", 0, 0, noon - ahead - 1).refusal().reason())
                .isEqualTo("event_time_ahead");
        assertThat(parser.parse(bytes, "t", 0, 0, -1).refused()).isFalse();
    }

    private Intake parse(String json) {
        return parser.parse(json.getBytes(StandardCharsets.UTF_8), "t", 0, 0, 0);
    }

    private Exchange accepted(String json) {
        Intake intake = parse(json);
        assertThat(intake.refusal()).isNull();
        return intake.exchange();
    }

    private void assertSame(Exchanges left, Exchanges right) {
        assertThat(accepted(left.asJson()))
                .usingRecursiveComparison()
                .isEqualTo(accepted(right.asJson()));
    }

    private Exchange withMessages(Object... messages) {
        return accepted(exchange().without("prompt").with("messages", List.of(messages)).asJson());
    }

    private long promptHash(String prompt) {
        return fingerprinter.fingerprint(prompt, null, null).promptHash();
    }

    private static Map<String, Object> user(Object content) {
        return message("user", content);
    }

    private static Map<String, Object> message(String role, Object content) {
        return content == null ? Map.of("role", role) : Map.of("role", role, "content", content);
    }
}
