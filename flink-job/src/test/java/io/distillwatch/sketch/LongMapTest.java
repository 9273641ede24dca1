package io.distillwatch.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LongMapTest {

    @Test
    void isWhatATreeMapIsUnderAnyOperations() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            // Few keys, so that they are met again; some of them equal in their low bits.
            long[] keys = random.longs(300).map(k -> random.nextBoolean() ? k : k << 40).toArray();
            keys[0] = 0;
            LongMap<Integer> map = new LongMap<>();
            TreeMap<Long, Integer> expected = new TreeMap<>();
            for (int i = 0; i < 5_000; i++) {
                long key = keys[random.nextInt(keys.length)];
                switch (random.nextInt(4)) {
                    case 0 -> {
                        map.put(key, i);
                        expected.put(key, i);
                    }
                    case 1 -> {
                        map.remove(key);
                        expected.remove(key);
                    }
                    case 2 -> {
                        int value = i;
                        assertThat(map.computeIfAbsent(key, k -> value))
                                .isEqualTo(expected.computeIfAbsent(key, k -> value));
                    }
                    default -> assertThat(map.get(key)).isEqualTo(expected.get(key));
                }
                assertThat(map.size()).isEqualTo(expected.size());
            }
            assertSame(map, expected, seed);

            map.removeIf(value -> value % 3 == 0);
            expected.values().removeIf(value -> value % 3 == 0);
            assertSame(map, expected, seed);
        }
    }

    private static void assertSame(
            LongMap<Integer> map, TreeMap<Long, Integer> expected, int seed) {
        TreeMap<Long, Integer> content = new TreeMap<>();
        map.forEach(content::put);
        assertThat(content).as("seed %d", seed).isEqualTo(expected);
        assertThat(map.sortedKeys())
                .as("seed %d", seed)
                .containsExactly(expected.keySet().stream().mapToLong(k -> k).toArray());
        assertThat(map.isEmpty()).isEqualTo(expected.isEmpty());
    }
}
