package io.distillwatch.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.testing.Bytes;
import java.io.IOException;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HalfHoursTest {

    @Test
    void countsAsAMapOfAllWouldOverTheNewest() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            HalfHours kept = new HalfHours();
            TreeMap<Long, Long> all = new TreeMap<>();
            long newest = 1_000_000L + random.nextInt(HalfHours.KEPT);
            for (int i = 0; i < 500; i++) {
                newest += random.nextInt(20) == 0 ? random.nextInt(60) : random.nextInt(2);
                long halfHour = newest - random.nextInt(HalfHours.KEPT);
                long exchanges = random.nextInt(5);
                // The newest comes first: what is too old for it is left out from then on.
                kept.add(newest, 1);
                all.merge(newest, 1L, Long::sum);
                kept.add(halfHour, exchanges);
                all.merge(halfHour, exchanges, Long::sum);
                if (i % 50 == 0) {
                    kept = HalfHours.read(Bytes.reader(Bytes.of(kept::write)));
                }

                long last = newest + random.nextInt(60);
                long[] expected = new long[HalfHours.KEPT];
                for (int j = 0; j < expected.length; j++) {
                    expected[j] = all.getOrDefault(last - (HalfHours.KEPT - 1) + j, 0L);
                }
                assertThat(kept.upTo(last)).containsExactly(expected);
            }
        }
    }

    @Test
    void whatIsOlderThanAllThatIsKeptIsLeftOut() {
        HalfHours kept = new HalfHours();
        kept.add(100, 1);
        kept.add(100 - HalfHours.KEPT, 7);

        assertThat(kept.upTo(100)).endsWith(1).containsOnlyOnce(1).doesNotContain(7);
        assertThat(kept.upTo(100 - HalfHours.KEPT)).containsOnly(0);
    }

    @Test
    void withoutAnyThereAreNone() {
        assertThat(new HalfHours().upTo(0)).hasSize(HalfHours.KEPT).containsOnly(0);
    }
}
