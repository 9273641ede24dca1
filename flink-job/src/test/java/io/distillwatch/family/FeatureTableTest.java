package io.distillwatch.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distillwatch.sketch.LongMap;
import io.distillwatch.testing.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureTableTest {

    private static final long PANE = 300_000;
    private static final int MIN_ACCOUNTS = 6;
    private static final int CAPACITY = 512;

    @Test
    void findsTheOneFeatureThatManyAccountsShareAmongAHundredThousandOneOffs() {
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            long shared = random.nextLong();
            FeatureTable table = new FeatureTable();
            List<PopularFeature> popular = new ArrayList<>();
            for (int pane = 1; pane <= 200; pane++) {
                LongMap<FeatureHits> hits = oneOffs(random, 500);
                if (pane % 5 == 0) {
                    hits.put(shared, hits(random, 1));
                }
                popular.addAll(table.add(pane * PANE, hits, MIN_ACCOUNTS, CAPACITY));
                assertThat(table.size()).isLessThanOrEqualTo(CAPACITY);
            }
            assertThat(popular)
                    .as("seed %d", seed)
                    .isNotEmpty()
                    .allMatch(feature -> feature.feature() == shared)
                    .allMatch(feature -> feature.accounts() >= MIN_ACCOUNTS);
        }
    }

    @Test
    void oneAccountAloneMakesNothingPopularHoweverOften() {
        Random random = new Random(1);
        long feature = random.nextLong();
        long account = random.nextLong();
        FeatureTable table = new FeatureTable();
        for (int pane = 1; pane <= 100; pane++) {
            FeatureHits hits = new FeatureHits(account, random.nextLong());
            hits.add(account, random.nextLong());
            assertThat(table.add(pane * PANE, one(feature, hits), 2, CAPACITY)).isEmpty();
        }
        assertThat(table.size()).isZero();
    }

    @Test
    void saysAFeatureOnceAtEveryDoublingAndOnceADay() {
        Random random = new Random(2);
        FeatureTable table = new FeatureTable();
        List<Long> accounts = new ArrayList<>();
        for (int pane = 1; pane <= 40; pane++) {
            for (PopularFeature popular :
                    table.add(
                            pane * PANE,
                            one(7L, hits(random, pane == 1 ? 2 : 1)),
                            MIN_ACCOUNTS,
                            CAPACITY)) {
                accounts.add(popular.accounts());
            }
        }
        assertThat(accounts).containsExactly(6L, 12L, 24L);

        long account = random.nextLong();
        FeatureHits known = new FeatureHits(account, random.nextLong());
        table.add(41 * PANE, one(7L, known), MIN_ACCOUNTS, CAPACITY);
        long dayAfter = 41 * PANE + 86_400_000;
        assertThat(table.add(dayAfter, one(7L, known), MIN_ACCOUNTS, CAPACITY)).hasSize(1);
        assertThat(table.add(dayAfter + PANE, one(7L, known), MIN_ACCOUNTS, CAPACITY)).isEmpty();
    }

    @Test
    void theOrderWithinAPaneDoesNotMatter() {
        byte[] expected = null;
        for (int order = 0; order < 5; order++) {
            FeatureTable table = new FeatureTable();
            List<Object> said = new ArrayList<>();
            for (int pane = 1; pane <= 30; pane++) {
                Random random = new Random(pane);
                LongMap<FeatureHits> hits = oneOffs(random, 200);
                for (long feature = 1; feature <= 20; feature++) {
                    hits.put(feature << 20, hits(random, 1 + (int) feature % 3));
                }
                for (PopularFeature popular :
                        table.add(pane * PANE, shuffled(hits, order), MIN_ACCOUNTS, 16)) {
                    said.add(popular.paneEnd());
                    said.add(popular.feature());
                    said.add(popular.accounts());
                }
            }
            byte[] bytes = said.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            expected = expected == null ? bytes : expected;
            assertThat(said).isNotEmpty();
            assertThat(bytes).isEqualTo(expected);
        }
    }

    @Test
    void aFullTableKeepsTheMostShared() {
        Random random = new Random(3);
        FeatureTable table = new FeatureTable();
        LongMap<FeatureHits> many = new LongMap<>();
        for (int i = 0; i < 1_000; i++) {
            many.put(random.nextLong(), hits(random, 2));
        }
        long strong = random.nextLong();
        many.put(strong, hits(random, 5));
        table.add(PANE, many, MIN_ACCOUNTS, 64);

        assertThat(table.size()).isLessThanOrEqualTo(64);
        assertThat(table.add(2 * PANE, one(strong, hits(random, 1)), MIN_ACCOUNTS, 64))
                .extracting(PopularFeature::accounts)
                .containsExactly(6L);
    }

    @Test
    void whatIsNotSeenIsForgotten() {
        Random random = new Random(4);
        FeatureTable table = new FeatureTable();
        table.add(PANE, one(1L, hits(random, 3)), MIN_ACCOUNTS, CAPACITY);
        table.add(10 * PANE, one(2L, hits(random, 3)), MIN_ACCOUNTS, CAPACITY);

        assertThat(table.expire(5 * PANE)).isTrue();
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.expire(11 * PANE)).isFalse();
        assertThat(table.size()).isZero();
    }

    @Test
    void goesOnFromItsBytesAsIfNothingHadHappened() {
        FeatureTable table = new FeatureTable();
        FeatureTable copied = new FeatureTable();
        int said = 0;
        for (int pane = 1; pane <= 60; pane++) {
            long seed = pane;
            List<PopularFeature> one = table.add(pane * PANE, mixed(seed), MIN_ACCOUNTS, 64);
            copied = Bytes.copy(new FeatureTable.Codec(), copied);
            List<PopularFeature> two = copied.add(pane * PANE, mixed(seed), MIN_ACCOUNTS, 64);
            said += one.size();

            assertThat(two.stream().map(FeatureTableTest::bytes).toList())
                    .isEqualTo(one.stream().map(FeatureTableTest::bytes).toList());
        }
        assertThat(said).isPositive();
    }

    @Test
    void aVersionThatIsNotKnownIsRefused() {
        assertThatThrownBy(() -> new FeatureTable.Codec().read(Bytes.reader(new byte[] {42})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 42");
    }

    private static String bytes(PopularFeature feature) {
        return java.util.HexFormat.of().formatHex(Bytes.of(new PopularFeature.Codec(), feature));
    }

    private static LongMap<FeatureHits> mixed(long seed) {
        Random random = new Random(seed);
        LongMap<FeatureHits> hits = oneOffs(random, 100);
        for (long feature = 1; feature <= 10; feature++) {
            hits.put(feature << 40, hits(random, 1));
        }
        return hits;
    }

    private static LongMap<FeatureHits> oneOffs(Random random, int count) {
        LongMap<FeatureHits> hits = new LongMap<>();
        for (int i = 0; i < count; i++) {
            hits.put(random.nextLong(), hits(random, 1));
        }
        return hits;
    }

    private static FeatureHits hits(Random random, int accounts) {
        FeatureHits hits = new FeatureHits(random.nextLong(), random.nextLong());
        for (int i = 1; i < accounts; i++) {
            hits.add(random.nextLong(), random.nextLong());
        }
        return hits;
    }

    private static LongMap<FeatureHits> one(long feature, FeatureHits hits) {
        LongMap<FeatureHits> one = new LongMap<>();
        one.put(feature, hits);
        return one;
    }

    private static LongMap<FeatureHits> shuffled(LongMap<FeatureHits> hits, int seed) {
        List<Long> features = new ArrayList<>(Arrays.stream(hits.sortedKeys()).boxed().toList());
        Collections.shuffle(features, new Random(seed));
        LongMap<FeatureHits> shuffled = new LongMap<>();
        features.forEach(feature -> shuffled.put(feature, hits.get(feature)));
        return shuffled;
    }
}
