package io.distillwatch.family;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.testing.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is gathered, split into buckets, sent and put together again, against plain sets. */
class FeatureRunTest {

    private static final FeatureRun.Codec CODEC = new FeatureRun.Codec();
    private static final int BUCKETS = 16;

    @Test
    void nothingIsLostOnTheWayAndAllIsInOrder() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Map<Long, Set<Long>> accounts = new TreeMap<>();
            Map<Long, Set<Long>> exchanges = new HashMap<>();
            Map<Integer, List<FeatureRun>> received = new HashMap<>();
            // Subtasks in front of the shuffle, each of which gathers and drains several times.
            for (int subtask = 0; subtask < 5; subtask++) {
                FeatureGatherer gatherer = new FeatureGatherer(BUCKETS);
                for (int drain = 0; drain < 3; drain++) {
                    // Now and then more features than it has room for at first.
                    for (int i = 0; i < (drain == 1 ? 9_000 : 300); i++) {
                        long feature = i % 3 == 0 ? random.nextInt(40) << 5 : random.nextLong();
                        long account = random.nextInt(6);
                        long exchange = random.nextInt(20);
                        gatherer.add(feature, account, exchange);
                        accounts.computeIfAbsent(feature, f -> new HashSet<>()).add(account);
                        exchanges.computeIfAbsent(feature, f -> new HashSet<>()).add(exchange);
                    }
                    gatherer.drain(
                            (bucket, run) ->
                                    received.computeIfAbsent(bucket, b -> new ArrayList<>())
                                            .add(Bytes.copy(CODEC, run)));
                    assertThat(gatherer.size()).isZero();
                }
            }

            Set<Long> seen = new HashSet<>();
            assertThat(received).hasSize(BUCKETS);
            for (List<FeatureRun> runs : received.values()) {
                FeatureRun union = Bytes.copy(CODEC, FeatureRun.union(runs));
                for (int i = 0; i < union.size(); i++) {
                    long feature = union.feature(i);
                    assertThat(i == 0 || union.feature(i - 1) < feature).isTrue();
                    assertThat(seen.add(feature)).as("in one bucket only").isTrue();
                    FeatureHits hits = union.hits(i);
                    assertThat(hits.estimatedAccounts()).isEqualTo(accounts.get(feature).size());
                    assertThat(hits.exchangesSoFar().size())
                            .isEqualTo(exchanges.get(feature).size());
                    assertThat(union.ofOneAccount(i)).isEqualTo(accounts.get(feature).size() == 1);
                    assertThat(accounts.get(feature)).contains(union.firstAccount(i));
                }
            }
            assertThat(seen).as("seed %d", seed).isEqualTo(accounts.keySet());
        }
    }

    @Test
    void noRunsAreAnEmptyRun() {
        assertThat(FeatureRun.union(List.of()).size()).isZero();
    }
}
