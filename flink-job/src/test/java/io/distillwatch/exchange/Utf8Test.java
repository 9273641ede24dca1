package io.distillwatch.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {

    private static final long SEED = 20_260_601;

    @ParameterizedTest
    @CsvSource({
        "61c080, 1, overlong NUL",
        "61c1bf, 1, overlong",
        "61e08080, 1, overlong",
        "61f0808080, 1, overlong",
        "61eda080, 1, surrogate",
        "61f4908080, 1, above U+10FFFF",
        "61f5808080, 1, above U+10FFFF",
        "61ff, 1, no lead",
        "6180, 1, lonely continuation",
        "61c3, 1, broken off",
        "61e282, 1, broken off",
        "61f09f8c, 1, broken off",
        "61c361, 1, no continuation",
        "6161616161616161616161616161c3a461ff, 17, after two words",
    })
    void findsTheFirstMalformedSequence(String hex, int at, String why) {
        assertThat(Utf8.firstMalformed(HexFormat.of().parseHex(hex))).as(why).isEqualTo(at);
    }

    @Test
    void everyCharacterOfUnicodeIsWellFormed() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c += 7) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                String text = "x" + Character.toString(c);
                int malformed = Utf8.firstMalformed(text.getBytes(StandardCharsets.UTF_8));
                if (malformed >= 0) {
                    assertThat(malformed).as("U+%X", c).isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void agreesWithTheDecoderOfTheJdkOnRandomBytes() {
        Random random = new Random(SEED);
        int wellFormed = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes =
                    "a\u00e4\u20ac\ud83c\udf3f plain words"
                            .repeat(1 + random.nextInt(2))
                            .getBytes(StandardCharsets.UTF_8);
            for (int edits = random.nextInt(3); edits > 0; edits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            boolean expected = decodes(bytes);
            wellFormed += expected ? 1 : 0;
            if (Utf8.firstMalformed(bytes) < 0 != expected) { // an assertion each takes seconds
                assertThat(Utf8.firstMalformed(bytes) < 0)
                        .as("%s, seed %d", HexFormat.of().formatHex(bytes), SEED)
                        .isEqualTo(expected);
            }
        }
        assertThat(wellFormed).isBetween(10_000, 90_000);
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
