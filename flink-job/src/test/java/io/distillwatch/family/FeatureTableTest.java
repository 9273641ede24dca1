package io.distillwatch.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distillwatch.testing.Bytes;
import java.io.IOException;
import java.util.ArrayList;
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
                List<Hit> hits = oneOffs(random, 500);
                if (pane % 5 == 0) {
                    hits.addAll(hits(shared, random, 1));
                }
                popular.addAll(table.add(pane * PANE, run(hits), MIN_ACCOUNTS, CAPACITY));
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
            List<Hit> hits =
                    List.of(
                            new Hit(feature, account, random.nextLong()),
                            new Hit(feature, account, random.nextLong()));
            assertThat(table.add(pane * PANE, run(hits), 2, CAPACITY)).isEmpty();
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
                            run(hits(7L, random, pane == 1 ? 2 : 1)),
                            MIN_ACCOUNTS,
                            CAPACITY)) {
                accounts.add(popular.accounts());
            }
        }
        assertThat(accounts).containsExactly(6L, 12L, 24L);

        List<Hit> known = hits(7L, random, 1);
        table.add(41 * PANE, run(known), MIN_ACCOUNTS, CAPACITY);
        long dayAfter = 41 * PANE + 86_400_000;
        assertThat(table.add(dayAfter, run(known), MIN_ACCOUNTS, CAPACITY)).hasSize(1);
        assertThat(table.add(dayAfter + PANE, run(known), MIN_ACCOUNTS, CAPACITY)).isEmpty();
    }

    @Test
    void theOrderWithinAPaneDoesNotMatter() {
        byte[] expected = null;
        for (int order = 0; order < 5; order++) {
            FeatureTable table = new FeatureTable();
            List<Object> said = new ArrayList<>();
            for (int pane = 1; pane <= 30; pane++) {
                Random random = new Random(pane);
                List<Hit> hits = oneOffs(random, 200);
                for (long feature = 1; feature <= 20; feature++) {
                    hits.addAll(hits(feature << 20, random, 1 + (int) feature % 3));
                }
                Collections.shuffle(hits, new Random(order));
                for (PopularFeature popular : table.add(pane * PANE, run(hits), MIN_ACCOUNTS, 16)) {
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
        List<Hit> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.addAll(hits(random.nextLong(), random, 2));
        }
        long strong = random.nextLong();
        many.addAll(hits(strong, random, 5));
        table.add(PANE, run(many), MIN_ACCOUNTS, 64);

        assertThat(table.size()).isLessThanOrEqualTo(64);
        assertThat(table.add(2 * PANE, run(hits(strong, random, 1)), MIN_ACCOUNTS, 64))
                .extracting(PopularFeature::accounts)
                .containsExactly(6L);
    }

    @Test
    void whatIsNotSeenIsForgotten() {
        Random random = new Random(4);
        FeatureTable table = new FeatureTable();
        table.add(PANE, run(hits(1L, random, 3)), MIN_ACCOUNTS, CAPACITY);
        table.add(10 * PANE, run(hits(2L, random, 3)), MIN_ACCOUNTS, CAPACITY);

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

    /** Marks are written with their slots while they are few, and then all slots. */
    @Test
    void aMarkSurvivesHoweverManyThereAre() {
        for (int others : new int[] {0, 100, 8_000, 200_000}) {
            Random random = new Random(others);
            FeatureTable table = new FeatureTable();
            table.add(PANE, run(oneOffs(random, others)), MIN_ACCOUNTS, CAPACITY);
            long feature = random.nextLong();
            table.add(2 * PANE, run(hits(feature, random, 1)), MIN_ACCOUNTS, CAPACITY);
            int before = table.size();

            FeatureTable copy = Bytes.copy(new FeatureTable.Codec(), table);
            copy.add(3 * PANE, run(hits(feature, random, 1)), MIN_ACCOUNTS, CAPACITY);

            assertThat(copy.size()).isEqualTo(before + 1);
            assertThat(Bytes.of(new FeatureTable.Codec(), table).length)
                    .isLessThan(70_000 + 60 * before);
        }
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

    /** One account shows a feature in one exchange. */
    private record Hit(long feature, long account, long exchange) {}

    private static FeatureRun run(List<Hit> hits) {
        FeatureGatherer gatherer = new FeatureGatherer(1);
        hits.forEach(hit -> gatherer.add(hit.feature, hit.account, hit.exchange));
        List<FeatureRun> runs = new ArrayList<>();
        gatherer.drain((bucket, run) -> runs.add(run));
        return FeatureRun.union(runs);
    }

    private static FeatureRun mixed(long seed) {
        Random random = new Random(seed);
        List<Hit> hits = oneOffs(random, 100);
        for (long feature = 1; feature <= 10; feature++) {
            hits.addAll(hits(feature << 40, random, 1));
        }
        return run(hits);
    }

    private static List<Hit> oneOffs(Random random, int count) {
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hits.addAll(hits(random.nextLong(), random, 1));
        }
        return hits;
    }

    private static List<Hit> hits(long feature, Random random, int accounts) {
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < accounts; i++) {
            hits.add(new Hit(feature, random.nextLong(), random.nextLong()));
        }
        return hits;
    }
}
