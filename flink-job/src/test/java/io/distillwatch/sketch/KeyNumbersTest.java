package io.distillwatch.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyNumbersTest {

    /** Emptied and filled again, beyond its room too, also with keys that want the same place. */
    @Test
    void numbersKeysInTheOrderInWhichTheyCome() {
        Random random = new Random(1);
        KeyNumbers numbers = new KeyNumbers(7);
        for (int round = 0; round < 200; round++) {
            numbers.clear();
            assertThat(numbers.size()).isZero();
            Map<Long, Integer> expected = new LinkedHashMap<>();
            int most = 1 + random.nextInt(100);
            while (expected.size() < most) {
                long key = random.nextInt(most) << (round % 2 == 0 ? 0 : 24);
                key = random.nextInt(4) == 0 ? random.nextLong() : key;
                expected.putIfAbsent(key, expected.size());

                assertThat(numbers.of(key)).as("round %d", round).isEqualTo(expected.get(key));
                assertThat(numbers.size()).isEqualTo(expected.size());
            }
            expected.forEach((key, number) -> assertThat(numbers.key(number)).isEqualTo(key));
        }
    }
}
