package io.distillwatch.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class IntakeCodecTest {

    private static final byte[] ORIGINAL = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    @Test
    void anAcceptedExchangeComesBack() throws IOException {
        Exchange exchange =
                new Exchange(
                        1,
                        "ann",
                        2,
                        "203.0.113.0/24",
                        null,
                        "m",
                        3,
                        4,
                        5,
                        6,
                        7,
                        8,
                        9,
                        10,
                        11,
                        12,
                        13,
                        14,
                        15,
                        new long[] {16, 17},
                        18,
                        1L << 41);

        assertComesBack(new Intake(exchange, null, "t", 3, 1L << 40, 99, ORIGINAL));
    }

    @Test
    void aRefusalComesBack() throws IOException {
        assertComesBack(
                new Intake(
                        null, new Refusal("not_json", null, "no JSON"), "t", 0, 0, -1, ORIGINAL));
        assertComesBack(
                new Intake(
                        null,
                        new Refusal("missing_field", "account_id", "needed"),
                        "t",
                        0,
                        7,
                        1,
                        new byte[0]));
    }

    @Test
    void anIntakeIsHandedOnWithoutACopy() {
        Intake intake =
                new Intake(null, new Refusal("not_json", null, "no"), "t", 0, 0, 0, ORIGINAL);

        assertThat(IntakeCodec.type().createSerializer(null).copy(intake)).isSameAs(intake);
    }

    private static void assertComesBack(Intake intake) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        new IntakeCodec().write(intake, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

        assertThat(new IntakeCodec().read(in)).usingRecursiveComparison().isEqualTo(intake);
        assertThat(in.available()).isZero();
    }
}
