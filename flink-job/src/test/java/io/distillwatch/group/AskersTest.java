package io.distillwatch.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.distillwatch.evidence.GroupStatistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample against one that is made with all that was ever shown at hand. */
class AskersTest {

    private record Shown(long thing, long account) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 511, 512, 513, 5_000})
    void holdsTheThingsWithTheSmallestHashesAndWhoShowedThem(int things) throws IOException {
        List<Shown> all = shown(new Random(things), things);
        Askers askers = new Askers();
        all.forEach(one -> askers.add(one.thing(), one.account()));

        TreeMap<Long, List<Long>> sample = new TreeMap<>(Long::compareUnsigned);
        all.forEach(
                one ->
                        sample.computeIfAbsent(one.thing(), t -> new ArrayList<>())
                                .add(one.account()));
        while (sample.size() > Askers.CAPACITY) {
            sample.pollLastEntry();
        }
        assertSame(askers, sample);
        assertSame(copy(askers), sample);
    }

    private static void assertSame(Askers askers, TreeMap<Long, List<Long>> sample) {
        long repeated = 0;
        long shared = 0;
        long sum = 0;
        double squares = 0;
        for (List<Long> accounts : sample.values()) {
            Set<Long> distinct = new HashSet<>(accounts);
            int counted = Math.min(Askers.MAX_ACCOUNTS, distinct.size());
            repeated += accounts.size() > 1 ? 1 : 0;
            shared += distinct.size() > 1 ? 1 : 0;
            sum += counted;
            squares += (double) counted * counted;
        }
        GroupStatistics.Repeats repeats = askers.repeats();
        assertThat(askers.things()).isEqualTo(sample.size());
        assertThat(askers.repeated()).isEqualTo(repeated);
        assertThat(askers.shared()).isEqualTo(shared);
        assertThat(repeats.askers()).isEqualTo(sum);
        assertThat(repeats.askerSquares()).isEqualTo(squares);
    }

    @Test
    void saysHowMuchOfAllItHolds() {
        Random random = new Random(3);
        Askers askers = new Askers();
        for (int i = 0; i < 10_000; i++) {
            askers.add(random.nextLong(), i);
        }

        assertThat(askers.sampled()).isEqualTo(0.0512, within(0.007));
        assertThat(askers.repeats().mostAskers()).containsExactly(1, 1, 1, 1);
    }

    @Test
    void saysHowMuchOfAllIsOfFewThings() {
        Random random = new Random(4);
        Askers askers = new Askers();
        for (int i = 0; i < 10_000; i++) {
            boolean second = i % 50 == 1;
            askers.add(i % 10 == 0 ? 42 : second ? 17 : random.nextLong(), second ? i % 500 : i);
        }

        GroupStatistics.Repeats repeats = askers.repeats();
        assertThat(repeats.mostAskers()).containsExactly(Askers.MAX_ACCOUNTS, 10, 1, 1);
        assertThat(repeats.shareOf(1)).isEqualTo(0.1, within(0.015));
        assertThat(repeats.shareOf(2)).isEqualTo(0.12, within(0.015));
        assertThat(repeats.pairsWithout(1)).isEqualTo(45);
        assertThat(repeats.pairsWithout(2)).isZero();
    }

    /** Some things come once, some often, by few accounts or by many. */
    private static List<Shown> shown(Random random, int things) {
        List<Shown> all = new ArrayList<>();
        for (int i = 0; i < things; i++) {
            long thing = random.nextLong();
            int times = i % 3 == 0 ? 1 + random.nextInt(200) : 1;
            int accounts = 1 + random.nextInt(100);
            for (int j = 0; j < times; j++) {
                all.add(new Shown(thing, random.nextInt(accounts)));
            }
        }
        Collections.shuffle(all, random);
        return all;
    }

    private static Askers copy(Askers askers) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        askers.write(out);
        return Askers.read(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
