package io.distillwatch.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.distillwatch.testing.Bytes;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadsTest {

    @Test
    void fewHeadsAreCountedExactly() {
        Heads heads = new Heads();
        for (int i = 0; i < 640; i++) {
            heads.add(i % Heads.CAPACITY - 30L);
        }

        assertThat(heads.kinds()).isEqualTo(64);
        assertThat(heads.repetition()).isEqualTo(Math.log(10) / Math.log(2), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aFrequentHeadIsNotLostAmongManyRareOnes(long seed) {
        Random random = new Random(seed);
        Heads heads = new Heads();
        for (int i = 0; i < 10_000; i++) {
            heads.add(i % 2 == 0 ? 1 : random.nextLong());
        }

        double exact = 0.5 * Math.log(5_000) / Math.log(2);
        double least = (0.5 - 1.0 / 64) * Math.log(5_000 - 10_000.0 / 64) / Math.log(2);
        assertThat(heads.repetition()).isBetween(least, exact);
        assertThat(heads.kinds()).isBetween(5_001.0, 5_001 + 10_000.0 / 64);
    }

    @Test
    void theBytesAreFewAndGoOnAsTheOriginal() throws IOException {
        Random random = new Random(1);
        Heads heads = new Heads();
        for (int i = 0; i < 1_000; i++) {
            heads.add(random.nextInt(200));
        }
        byte[] bytes = Bytes.of(heads::write);
        Heads copy = Heads.read(Bytes.reader(bytes));
        for (int i = 0; i < 1_000; i++) {
            int head = random.nextInt(200);
            heads.add(head);
            copy.add(head);
        }

        assertThat(bytes).hasSizeLessThan(700);
        assertThat(Bytes.of(copy::write)).isEqualTo(Bytes.of(heads::write));
    }
}
