package io.distillwatch.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyCountsTest {

    @Test
    void countsKeysBeyondItsRoom() {
        Random random = new Random(1);
        for (int round = 0; round < 100; round++) {
            KeyCounts counts = new KeyCounts(1 + random.nextInt(9));
            Map<Long, Integer> expected = new LinkedHashMap<>();
            for (int i = random.nextInt(400); i > 0; i--) {
                long key = random.nextInt(100);
                expected.merge(key, 1, Integer::sum);

                int number = counts.add(key);

                assertThat(counts.count(number)).isEqualTo(expected.get(key));
                assertThat(number).isEqualTo(expected.keySet().stream().toList().indexOf(key));
            }
            assertThat(counts.size()).isEqualTo(expected.size());
        }
    }
}
