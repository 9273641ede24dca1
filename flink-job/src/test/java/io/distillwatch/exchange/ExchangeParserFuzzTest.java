package io.distillwatch.exchange;

import static io.distillwatch.testing.Exchanges.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.distillwatch.settings.DetectionSettings;
import io.distillwatch.testing.Exchanges;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Valid records with bytes changed, cut, repeated and swapped, against Jackson's tree parser. */
class ExchangeParserFuzzTest {

    private static final long SEED = Long.getLong("distillwatch.fuzz.seed", 20_260_601L);
    private static final int MUTATIONS = 60_000;

    private static final String[] PIECES = {
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "true",
        "-",
        "1e999",
        "0",
        ".5",
        "\\u0000",
        "\\ud83c",
        "\"prompt\":",
        "\"account_id\":\"b\",",
        "{\"role\":\"user\"}",
        "\u00e4",
        "\0",
        " "
    };

    private final Random random = new Random(SEED);
    private final ExchangeParser parser = new ExchangeParser(DetectionSettings.defaults());
    private final ObjectMapper tree =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    @Test
    void neverThrowsAndNeverAcceptsWhatTheTreeParserRefuses() {
        List<byte[]> seeds = seeds();
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] record = mutated(seeds.get(random.nextInt(seeds.size())));
            Supplier<String> what = () -> "seed " + SEED + ", record " + hex(record);

            Intake intake = parse(record, what);

            if (intake.refused()) {
                refused++;
                require(intake.exchange() == null, "is taken and refused", what);
                require(!intake.refusal().reason().equals("internal_error"), "fails", what);
            } else {
                accepted++;
                requireAgreement(intake.exchange(), record, what);
            }
        }
        // Both sides were met often enough to mean something.
        assertThat(accepted).as("seed %d", SEED).isGreaterThan(MUTATIONS / 20);
        assertThat(refused).as("seed %d", SEED).isGreaterThan(MUTATIONS / 4);
    }

    private Intake parse(byte[] record, Supplier<String> what) {
        try {
            return parser.parse(record, "fuzz", 0, 0, 0);
        } catch (RuntimeException e) {
            throw new AssertionError(what.get(), e);
        }
    }

    private void requireAgreement(Exchange exchange, byte[] record, Supplier<String> what) {
        JsonNode node;
        try {
            node = tree.readTree(record);
        } catch (IOException e) {
            throw new AssertionError(what.get(), e);
        }
        byte[] decoded =
                new String(record, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        require(Arrays.equals(decoded, record), "is no UTF-8", what);
        require(exchange.accountId().equals(node.path("account_id").textValue()), "account", what);
        long inputTokens = node.path("input_tokens").longValue();
        long outputTokens = node.path("output_tokens").longValue();
        require(inputTokens >= 0 && exchange.inputTokens() == inputTokens, "input", what);
        require(outputTokens >= 0 && exchange.outputTokens() == outputTokens, "output", what);
        require(node.path("exchange_id").isTextual(), "id", what);
        require(node.path("client_ip").isTextual(), "address", what);
        require(exchange.promptHash() != 0, "prompt", what);
    }

    /** An assertion of the library for each of so many records would take seconds. */
    private static void require(boolean condition, String fault, Supplier<String> what) {
        if (!condition) {
            throw new AssertionError(fault + ": " + what.get());
        }
    }

    private byte[] mutated(byte[] seed) {
        byte[] record = seed;
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(record.length);
            int end = Math.min(record.length, at + random.nextInt(12));
            record =
                    switch (random.nextInt(8)) {
                        case 0 -> spliced(record, at, at + 1, (byte) random.nextInt());
                        case 1 -> spliced(record, at, at, (byte) random.nextInt());
                        case 2 -> spliced(record, at, end);
                        case 3 -> spliced(record, at, at, Arrays.copyOfRange(record, at, end));
                        case 4 -> spliced(record, at, record.length);
                        default -> spliced(record, at, random.nextBoolean() ? at : end, piece());
                    };
            if (record.length == 0) {
                return record;
            }
        }
        return record;
    }

    private static String hex(byte[] record) {
        return HexFormat.of().formatHex(record);
    }

    private byte[] piece() {
        return PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
    }

    /** The record with {@code [from, to)} replaced. */
    private static byte[] spliced(byte[] record, int from, int to, byte... instead) {
        byte[] result = Arrays.copyOf(record, from + instead.length + record.length - to);
        System.arraycopy(instead, 0, result, from, instead.length);
        System.arraycopy(record, to, result, from + instead.length, record.length - to);
        return result;
    }

    private static List<byte[]> seeds() {
        Exchanges plain = exchange().id("ex-1");
        Exchanges full =
                plain.saying("Caf\u00e9 \u20ac \ud83c\udf3f?")
                        .under("Be \"brief\".\n")
                        .to("large-3")
                        .costing(12, 345)
                        .ofOrganization("org-1")
                        .with("user_agent", "sdk/1.2")
                        .with("embedding", List.of(0.25, -1, 3e-2));
        Exchanges chat =
                plain.without("prompt")
                        .from("2001:db8::7")
                        .at(Exchanges.millis("12:00:05.250"))
                        .with(
                                "messages",
                                List.of(
                                        Map.of("role", "system", "content", "Be brief."),
                                        Map.of(
                                                "role",
                                                "user",
                                                "content",
                                                List.of(Map.of("type", "text", "text", "hi")))));
        Exchanges ignored =
                plain.with("ignored", Map.of("a", List.of(1, 2.5, "t\u00e4xt", true)))
                        .with("long", "x".repeat(200));
        return List.of(plain.asBytes(), full.asBytes(), chat.asBytes(), ignored.asBytes());
    }
}
