package io.distillwatch.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.distillwatch.testing.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SmallestHashesTest {

    @Test
    void keepsTheSmallestInUnsignedOrderWhateverTheOrderOfComing() {
        Random random = new Random(1);
        List<Long> hashes = new ArrayList<>(random.longs(500).boxed().toList());
        List<Long> expected = hashes.stream().sorted(Long::compareUnsigned).limit(24).toList();
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(hashes, random);
            SmallestHashes sample = new SmallestHashes(24);
            hashes.forEach(sample::add);
            hashes.forEach(sample::add);

            assertThat(list(sample)).isEqualTo(expected);
        }
    }

    @Test
    void mergingIsAsIfAllHadComeToOne() {
        Random random = new Random(2);
        for (int round = 0; round < 100; round++) {
            SmallestHashes whole = new SmallestHashes(16);
            SmallestHashes[] parts = {
                new SmallestHashes(16), new SmallestHashes(16), new SmallestHashes(16)
            };
            for (int i = 0; i < random.nextInt(60); i++) {
                long hash = random.nextLong();
                whole.add(hash);
                parts[random.nextInt(3)].add(hash);
            }
            SmallestHashes merged = new SmallestHashes(16);
            merged.merge(parts[2]);
            merged.merge(parts[0]);
            merged.merge(parts[1]);

            assertThat(list(merged)).isEqualTo(list(whole));
        }
    }

    @Test
    void countsExactlyBelowItsCapacityAndWithinItsErrorAbove() {
        Random random = new Random(3);
        SmallestHashes small = sample(random.longs(63).toArray(), 64);
        assertThat(small.estimate()).isEqualTo(63);

        double squares = 0;
        for (int round = 0; round < 100; round++) {
            SmallestHashes large = sample(random.longs(5_000).toArray(), 64);
            double error = large.estimate() / 5_000.0 - 1;
            squares += error * error;
        }
        // 1 / sqrt(k - 2), with the spread of a hundred rounds.
        assertThat(Math.sqrt(squares / 100)).isLessThan(1.25 / Math.sqrt(62));
    }

    @Test
    void tellsHowFarSetsOverlap() {
        Random random = new Random(4);
        for (double overlap : new double[] {0, 0.05, 0.3, 0.7, 1}) {
            double sum = 0;
            int rounds = 200;
            for (int round = 0; round < rounds; round++) {
                int common = (int) (1_000 * overlap);
                long[] shared = random.longs(common).toArray();
                SmallestHashes one = sample(shared, 24);
                SmallestHashes two = sample(shared, 24);
                random.longs((1_000 - common) / 2).forEach(one::add);
                random.longs((1_000 - common) / 2).forEach(two::add);

                assertThat(one.jaccard(two)).isEqualTo(two.jaccard(one));
                sum += one.jaccard(two);
            }
            assertThat(sum / rounds).isEqualTo(overlap, within(0.03));
        }
    }

    @Test
    void emptySetsHaveNothingInCommon() {
        SmallestHashes empty = new SmallestHashes(8);
        assertThat(empty.jaccard(new SmallestHashes(8))).isZero();
        assertThat(empty.jaccard(sample(new long[] {1, 2}, 8))).isZero();
        assertThat(empty.common(sample(new long[] {1, 2}, 8))).isZero();
        assertThat(empty.estimate()).isZero();
    }

    @Test
    void readsWhatItWroteAndGoesOn() throws IOException {
        Random random = new Random(5);
        for (int size : new int[] {0, 1, 23, 24, 100}) {
            SmallestHashes sample = sample(random.longs(size).toArray(), 24);
            SmallestHashes copy = SmallestHashes.read(24, Bytes.reader(Bytes.of(sample::write)));
            random.longs(50)
                    .forEach(
                            hash -> {
                                sample.add(hash);
                                copy.add(hash);
                            });
            assertThat(list(copy)).isEqualTo(list(sample));
        }
    }

    private static SmallestHashes sample(long[] hashes, int capacity) {
        SmallestHashes sample = new SmallestHashes(capacity);
        for (long hash : hashes) {
            sample.add(hash);
        }
        return sample;
    }

    private static List<Long> list(SmallestHashes sample) {
        List<Long> list = new ArrayList<>();
        for (int i = 0; i < sample.size(); i++) {
            list.add(sample.get(i));
        }
        return list;
    }
}
