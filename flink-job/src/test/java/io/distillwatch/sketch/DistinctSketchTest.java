package io.distillwatch.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.testing.Bytes;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctSketchTest {

    @Test
    void countsExactlyWhileSmall() {
        Random random = new Random(1);
        DistinctSketch sketch = new DistinctSketch();
        for (int n = 1; n <= DistinctSketch.MAX_TOKENS; n++) {
            long hash = random.nextLong();
            sketch.add(hash);
            sketch.add(hash);
            assertThat(sketch.estimate()).isEqualTo(n);
        }
        assertThat(sketch.isExact()).isTrue();
        assertThat(sketch.error()).isZero();

        sketch.add(random.nextLong());

        assertThat(sketch.isExact()).isFalse();
        assertThat(sketch.error()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {257, 1_000, 10_000, 100_000, 1_000_000})
    void errsByNoMoreThanItSays(int n) {
        double squares = 0;
        int sketches = 16;
        for (int seed = 0; seed < sketches; seed++) {
            Random random = new Random(seed * 31L + n);
            DistinctSketch sketch = new DistinctSketch();
            for (int i = 0; i < n; i++) {
                sketch.add(random.nextLong());
            }
            double error = (double) sketch.estimate() / n - 1;
            assertThat(Math.abs(error)).as("seed %d", seed).isLessThan(4 * sketch.error());
            squares += error * error;
        }
        assertThat(Math.sqrt(squares / sketches)).isLessThan(0.035);
    }

    @Test
    void mergingIsCommutativeAndAssociativeAndRepeatsWithoutEffect() {
        Random random = new Random(2);
        int[] sizes = {0, 3, 60, 200, 256, 257, 700};
        for (int round = 0; round < 200; round++) {
            DistinctSketch a = random(random, sizes[random.nextInt(sizes.length)]);
            DistinctSketch b = random(random, sizes[random.nextInt(sizes.length)]);
            DistinctSketch c = random(random, sizes[random.nextInt(sizes.length)]);

            byte[] leftFirst = bytes(merged(merged(a, b), c));

            assertThat(bytes(merged(a, merged(b, c)))).as("round %d", round).isEqualTo(leftFirst);
            assertThat(bytes(merged(c, merged(b, a)))).as("round %d", round).isEqualTo(leftFirst);
            assertThat(bytes(merged(merged(merged(a, b), c), b))).isEqualTo(leftFirst);
        }
    }

    @Test
    void mergingGivesTheSketchOfTheUnion() {
        Random random = new Random(3);
        for (int size : new int[] {10, 64, 256, 257, 1000}) {
            DistinctSketch whole = new DistinctSketch();
            DistinctSketch even = new DistinctSketch();
            DistinctSketch odd = new DistinctSketch();
            for (int i = 0; i < size; i++) {
                long hash = random.nextLong();
                whole.add(hash);
                (i % 2 == 0 ? even : odd).add(hash);
            }
            assertThat(bytes(merged(even, odd))).isEqualTo(bytes(whole));
        }
    }

    @Test
    void theMergedInStaysAsItIs() {
        Random random = new Random(4);
        DistinctSketch large = random(random, 500);
        byte[] before = bytes(large);
        DistinctSketch empty = new DistinctSketch();

        empty.merge(large);
        random(random, 900).merge(large);
        for (int i = 0; i < 1000; i++) {
            empty.add(random.nextLong());
        }

        assertThat(bytes(large)).isEqualTo(before);
    }

    @Test
    void aUnionSaysWhatTheMergedSketchSays() throws IOException {
        Random random = new Random(8);
        DistinctUnion union = new DistinctUnion();
        int[] sizes = {0, 1, 3, 60, 200, 256, 257, 700};
        for (int round = 0; round < 300; round++) {
            union.clear();
            DistinctSketch merged = new DistinctSketch();
            for (int part = random.nextInt(5); part > 0; part--) {
                // Few bits, so that values are met again.
                DistinctSketch sketch = new DistinctSketch();
                for (int i = sizes[random.nextInt(sizes.length)]; i > 0; i--) {
                    sketch.add(new Random(random.nextInt(2_000)).nextLong());
                }
                DistinctSketch.addTo(union, Bytes.reader(bytes(sketch)));
                merged.merge(sketch);
            }
            long single = random.nextLong();
            union.add(single);
            merged.add(single);

            assertThat(union.estimate()).as("round %d", round).isEqualTo(merged.estimate());
            assertThat(union.error()).isEqualTo(merged.error());
        }
    }

    @Test
    void threeValuesTakeFourteenBytes() {
        assertThat(bytes(random(new Random(5), 3))).hasSize(14);
    }

    @Test
    void anySizeIsBounded() {
        assertThat(bytes(random(new Random(6), 100_000))).hasSize(DistinctSketch.BYTES + 1);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Random random = new Random(7);
        for (int size : new int[] {0, 1, 3, 256, 257, 5000}) {
            DistinctSketch sketch = random(random, size);
            DistinctSketch copy = DistinctSketch.read(Bytes.reader(bytes(sketch)));
            assertThat(copy.estimate()).isEqualTo(sketch.estimate());

            long more = random.nextLong();
            sketch.add(more);
            copy.add(more);

            assertThat(bytes(copy)).isEqualTo(bytes(sketch));
        }
    }

    private static DistinctSketch random(Random random, int size) {
        DistinctSketch sketch = new DistinctSketch();
        for (int i = 0; i < size; i++) {
            sketch.add(random.nextLong());
        }
        return sketch;
    }

    private static DistinctSketch merged(DistinctSketch one, DistinctSketch two) {
        DistinctSketch merged = new DistinctSketch();
        merged.merge(one);
        merged.merge(two);
        return merged;
    }

    private static byte[] bytes(DistinctSketch sketch) {
        return Bytes.of(sketch::write);
    }
}
