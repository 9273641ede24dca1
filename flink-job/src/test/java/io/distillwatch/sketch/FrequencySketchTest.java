package io.distillwatch.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.distillwatch.testing.Bytes;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrequencySketchTest {

    /* What the sketch promises: 3.5 / MAP_SIZE of the total. */
    private static final double BOUND = 3.5 / FrequencySketch.MAP_SIZE;

    @Test
    void nothingHasNoDistribution() {
        FrequencySketch empty = new FrequencySketch();

        assertThat(empty.total()).isZero();
        assertThat(empty.distinct()).isZero();
        assertThat(empty.topShare()).isZero();
        assertThat(empty.entropy()).isZero();
    }

    @Test
    void isExactUpToItsBound() {
        Random random = new Random(1);
        FrequencySketch sketch = new FrequencySketch();
        Map<Long, Long> counts = new HashMap<>();
        long[] keys = random.longs(FrequencySketch.MAX_EXACT).toArray();
        for (int i = 0; i < 10_000; i++) {
            long key = keys[(int) (keys.length * Math.pow(random.nextDouble(), 3))];
            sketch.add(key, 1);
            counts.merge(key, 1L, Long::sum);
        }

        assertThat(sketch.shares().error()).isZero();
        assertThat(sketch.distinct()).isEqualTo(counts.size());
        assertThat(sketch.total()).isEqualTo(10_000);
        assertThat(sketch.topShare()).isEqualTo(top(counts), within(1e-12));
        assertThat(sketch.entropy()).isEqualTo(entropy(counts), within(1e-9));
    }

    @Test
    void oneKeyHasNoEntropyAndEqualKeysHaveTheLogarithm() {
        FrequencySketch one = new FrequencySketch();
        one.add(7, 1000);
        assertThat(one.entropy()).isZero();
        assertThat(one.topShare()).isEqualTo(1);

        FrequencySketch sixteen = new FrequencySketch();
        for (int key = 0; key < 16; key++) {
            sixteen.add(key, 5);
        }
        assertThat(sixteen.entropy()).isEqualTo(4, within(1e-12));
    }

    @Test
    void mergingSmallSketchesIsCommutativeAndAssociative() {
        Random random = new Random(2);
        for (int round = 0; round < 200; round++) {
            FrequencySketch a = random(random, 10, 20);
            FrequencySketch b = random(random, 10, 20);
            FrequencySketch c = random(random, 10, 20);

            byte[] leftFirst = bytes(merged(merged(a, b), c));

            assertThat(bytes(merged(a, merged(b, c)))).as("round %d", round).isEqualTo(leftFirst);
            assertThat(bytes(merged(c, merged(b, a)))).as("round %d", round).isEqualTo(leftFirst);
        }
    }

    @Test
    void staysWithinItsErrorWhateverTheOrderOfMerging() {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            FrequencySketch[] parts = new FrequencySketch[8];
            Map<Long, Long> counts = new HashMap<>();
            for (int part = 0; part < parts.length; part++) {
                parts[part] = new FrequencySketch();
                for (int i = 0; i < 5_000; i++) {
                    // Zipf-like over 20,000 keys, the top one at about a tenth.
                    long key = (long) Math.pow(20_000, random.nextDouble());
                    parts[part].add(hash(key), 1);
                    counts.merge(hash(key), 1L, Long::sum);
                }
            }
            FrequencySketch forwards = new FrequencySketch();
            FrequencySketch backwards = new FrequencySketch();
            for (int i = 0; i < parts.length; i++) {
                forwards.merge(parts[i]);
                backwards.merge(parts[parts.length - 1 - i]);
            }
            for (FrequencySketch sketch : new FrequencySketch[] {forwards, backwards}) {
                assertThat(sketch.shares().error()).isPositive();
                assertThat(sketch.total()).isEqualTo(40_000);
                assertThat(sketch.topShare())
                        .as("seed %d", seed)
                        .isEqualTo(top(counts), within(BOUND));
                assertThat((double) sketch.distinct())
                        .as("seed %d", seed)
                        .isEqualTo(counts.size(), within(0.1 * counts.size()));
                // The unattributed mass is taken as even, which is where entropy is largest: an
                // upper estimate, and never more than all keys being equally frequent.
                assertThat(sketch.entropy())
                        .as("seed %d", seed)
                        .isBetween(
                                entropy(counts) - 0.05, Math.log(sketch.distinct()) / Math.log(2));
            }
        }
    }

    @Test
    void mergingIsAddingOneByOneWhateverTheKeysHaveInCommon() {
        Random random = new Random(6);
        for (int round = 0; round < 200; round++) {
            // Small keys come up in both; all unions lie within the exact range.
            long[] mine = random.longs(random.nextInt(250), 0, FrequencySketch.MAX_EXACT).toArray();
            long[] others =
                    random.longs(random.nextInt(250), 0, FrequencySketch.MAX_EXACT).toArray();
            FrequencySketch merged = new FrequencySketch();
            FrequencySketch other = new FrequencySketch();
            FrequencySketch added = new FrequencySketch();
            for (long key : mine) {
                merged.add(key, 1);
                added.add(key, 1);
            }
            for (long key : others) {
                other.add(key, 2);
                added.add(key, 2);
            }
            merged.merge(other);

            assertThat(merged.shares()).as("round %d", round).isEqualTo(added.shares());
            assertThat(merged.total()).isEqualTo(added.total());
        }
    }

    @Test
    void aUnionSaysWhatTheMergedSketchSays() throws IOException {
        Random random = new Random(7);
        FrequencyUnion union = new FrequencyUnion();
        for (int round = 0; round < 300; round++) {
            union.clear();
            FrequencySketch merged = new FrequencySketch();
            for (int part = random.nextInt(5); part > 0; part--) {
                int keys = 1 + random.nextInt(round % 3 == 0 ? 1_000 : 250);
                FrequencySketch sketch = random(random, keys, random.nextInt(3 * keys));
                FrequencySketch.addTo(union, Bytes.reader(bytes(sketch)));
                merged.merge(sketch);
            }
            long single = random.nextLong();
            union.add(single, 2);
            merged.add(single, 2);

            FrequencySketch.Shares shares = union.shares();
            assertThat(shares.distinct()).as("round %d", round).isEqualTo(merged.distinct());
            assertThat(shares.error()).isEqualTo(merged.shares().error());
            assertThat(shares.top()).isEqualTo(merged.topShare(), within(BOUND));
            assertThat(shares.entropy())
                    .isEqualTo(merged.entropy(), within(shares.error() == 0 ? 1e-9 : 0.05));
        }
    }

    @Test
    void mergingSmallAndLargeKeepsTheTotal() {
        Random random = new Random(3);
        FrequencySketch small = random(random, 5, 100);
        FrequencySketch large = random(random, 1000, 3000);

        FrequencySketch smallFirst = merged(small, large);
        FrequencySketch largeFirst = merged(large, small);

        assertThat(smallFirst.total()).isEqualTo(3100).isEqualTo(largeFirst.total());
        assertThat(smallFirst.distinct()).isEqualTo(largeFirst.distinct());
    }

    @Test
    void threeKeysTakeFewBytes() {
        FrequencySketch three = new FrequencySketch();
        three.add(1, 1);
        three.add(2, 1);
        three.add(3, 1);

        assertThat(bytes(three)).hasSize(30);
    }

    @Test
    void anyNumberOfKeysIsBounded() {
        assertThat(bytes(random(new Random(4), 100_000, 200_000))).hasSizeLessThan(10_000);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Random random = new Random(5);
        for (int keys :
                new int[] {1, 3, FrequencySketch.MAX_EXACT, FrequencySketch.MAX_EXACT + 1, 5_000}) {
            FrequencySketch sketch = random(random, keys, 2 * keys + 1);
            FrequencySketch copy = FrequencySketch.read(Bytes.reader(bytes(sketch)));
            long more = random.nextLong();
            sketch.add(more, 3);
            copy.add(more, 3);

            assertThat(copy.total()).isEqualTo(sketch.total());
            assertThat(copy.distinct()).isEqualTo(sketch.distinct());
            assertThat(copy.topShare()).isEqualTo(sketch.topShare());
            assertThat(copy.entropy()).isEqualTo(sketch.entropy(), within(1e-9));
        }
    }

    private static FrequencySketch random(Random random, int keys, int count) {
        FrequencySketch sketch = new FrequencySketch();
        for (int i = 0; i < count; i++) {
            sketch.add(hash(random.nextInt(keys)), 1);
        }
        return sketch;
    }

    private static long hash(long key) {
        return new Random(key).nextLong();
    }

    private static FrequencySketch merged(FrequencySketch one, FrequencySketch two) {
        FrequencySketch merged = new FrequencySketch();
        merged.merge(one);
        merged.merge(two);
        return merged;
    }

    private static byte[] bytes(FrequencySketch sketch) {
        return Bytes.of(sketch::write);
    }

    private static double top(Map<Long, Long> counts) {
        long total = counts.values().stream().mapToLong(n -> n).sum();
        return (double) counts.values().stream().mapToLong(n -> n).max().orElse(0) / total;
    }

    private static double entropy(Map<Long, Long> counts) {
        double total = counts.values().stream().mapToLong(n -> n).sum();
        return counts.values().stream()
                .mapToDouble(n -> -n / total * Math.log(n / total) / Math.log(2))
                .sum();
    }
}
