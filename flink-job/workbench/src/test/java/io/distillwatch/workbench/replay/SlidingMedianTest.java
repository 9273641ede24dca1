package io.distillwatch.workbench.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SlidingMedianTest {

    @Test
    void agreesWithSortingTheWindow() {
        long seed = 5;
        Random random = new Random(seed);
        SlidingMedian median = new SlidingMedian(34);
        ArrayDeque<Long> window = new ArrayDeque<>();
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong(50);
            window.add(value);
            median.add(value);
            if (window.size() > 33) {
                median.remove(window.remove());
            }
            long[] sorted = window.stream().mapToLong(Long::longValue).sorted().toArray();
            assertThat(median.median())
                    .as("step %d, seed %d", i, seed)
                    .isEqualTo(sorted[sorted.length / 2]);
        }
    }

    @Test
    void refusesToForgetWhatItNeverSaw() {
        SlidingMedian median = new SlidingMedian(2);
        median.add(1);
        assertThatThrownBy(() -> median.remove(2)).isInstanceOf(IllegalArgumentException.class);
    }
}
