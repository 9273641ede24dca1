package io.distillwatch.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes are those of Jackson. */
class JsonLineTest {

    private static final byte[] FIELD = JsonLine.field("field");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "acct-1",
                "a\"quote",
                "back\\slash",
                "tab\tand\u0001\u001f",
                "Zürich",
                "帳戶 🙂",
                "\u007f\u2028",
            })
    void textIsEscapedAsJacksonDoes(String text) throws IOException {
        assertThat(new String(new JsonLine().start().text(FIELD, text).end(), UTF_8))
                .isEqualTo(jackson(json -> json.writeStringField("field", text)));
    }

    @Test
    void figuresAreWrittenAsJacksonWritesDoublesOfSixDecimals() throws IOException {
        Random random = new Random(1);
        JsonLine line = new JsonLine();
        LongStream parts =
                LongStream.concat(
                        LongStream.rangeClosed(0, 20_000), random.longs(200_000, 0, 20_000_000));
        for (long part : parts.toArray()) {
            double value = part / 1e6;
            assertThat(new String(line.start().figure(FIELD, value).end(), UTF_8))
                    .isEqualTo("{\"field\":" + value + "}");
        }
        for (double value : List.of(-0.5, 1e9, 123456.789)) {
            assertThat(
                            Double.parseDouble(
                                    new String(line.start().figure(FIELD, value).end(), UTF_8)
                                            .replaceAll("[^-0-9.E]", "")))
                    .isEqualTo(value);
        }
    }

    @Test
    void fieldsStandInOrderAndALongObjectFits() throws IOException {
        JsonLine line = new JsonLine();
        for (int round = 0; round < 2; round++) {
            line.start();
            for (int i = 0; i < 500; i++) {
                line.number(FIELD, i == 7 ? Long.MIN_VALUE : 9_999_999L * i);
            }
            assertThat(new String(line.end(), UTF_8))
                    .isEqualTo(
                            jackson(
                                    json -> {
                                        for (int i = 0; i < 500; i++) {
                                            json.writeNumberField(
                                                    "field",
                                                    i == 7 ? Long.MIN_VALUE : 9_999_999L * i);
                                        }
                                    }));
        }
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static String jackson(Fields fields) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
        return out.toString();
    }
}
