package io.distillwatch.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distillwatch.testing.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireTest {

    @Test
    void integersOfAnySizeComeBack() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong() >>> random.nextInt(64);
            byte[] bytes = Bytes.of(out -> Wire.writeVarLong(out, value));

            assertThat(Wire.readVarLong(Bytes.reader(bytes))).isEqualTo(value);
        }
        byte[] negative = Bytes.of(out -> Wire.writeVarLong(out, -1));
        assertThat(Wire.readVarLong(Bytes.reader(negative))).isEqualTo(-1);
    }

    @Test
    void smallIntegersAreShort() {
        assertThat(Bytes.of(out -> Wire.writeVarLong(out, 0))).hasSize(1);
        assertThat(Bytes.of(out -> Wire.writeVarLong(out, 127))).hasSize(1);
        assertThat(Bytes.of(out -> Wire.writeVarLong(out, 128))).hasSize(2);
        assertThat(Bytes.of(out -> Wire.writeVarLong(out, 16_384))).hasSize(3);
    }

    @Test
    void bytesThatAreNoIntegerAreRefused() {
        byte[] endless = new byte[11];
        java.util.Arrays.fill(endless, (byte) 0xff);

        assertThatThrownBy(() -> Wire.readVarLong(Bytes.reader(endless)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("variable-length");
        assertThatThrownBy(() -> Wire.readVarLong(Bytes.reader(new byte[] {(byte) 0x80})))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void absentAndEmptyAreDifferent() throws IOException {
        assertThat(Wire.readText(Bytes.reader(Bytes.of(out -> Wire.writeText(out, null)))))
                .isNull();
        assertThat(Wire.readText(Bytes.reader(Bytes.of(out -> Wire.writeText(out, ""))))).isEmpty();
        assertThat(Wire.readBytes(Bytes.reader(Bytes.of(out -> Wire.writeBytes(out, null)))))
                .isNull();
        assertThat(Wire.readBytes(Bytes.reader(Bytes.of(out -> Wire.writeBytes(out, new byte[0])))))
                .isEmpty();
    }

    @Test
    void textOutsideAsciiComesBack() throws IOException {
        String text = "Kanäle, 渠道, 🦊";
        assertThat(Wire.readText(Bytes.reader(Bytes.of(out -> Wire.writeText(out, text)))))
                .isEqualTo(text);
    }

    @Test
    void textOfMoreThanTwoBytesOfLengthComesBack() throws IOException {
        String text = "é".repeat(70_000);
        assertThat(Wire.readText(Bytes.reader(Bytes.of(out -> Wire.writeText(out, text)))))
                .isEqualTo(text);
    }

    @Test
    void partOfAnArrayComesBack() throws IOException {
        long[] values = {1, -2, 3, 4};
        byte[] bytes = Bytes.of(out -> Wire.writeLongs(out, values, 3));

        assertThat(Wire.readLongs(Bytes.reader(bytes))).containsExactly(1, -2, 3);
    }

    @Test
    void countsComeBackAndZerosAreShort() throws IOException {
        long[] counts = new long[200];
        counts[3] = 127;
        counts[199] = Long.MAX_VALUE;
        byte[] bytes = Bytes.of(out -> Wire.writeCounts(out, counts));

        assertThat(bytes).hasSize(2 + 199 + 9);
        assertThat(Wire.readCounts(Bytes.reader(bytes))).isEqualTo(counts);
    }
}
