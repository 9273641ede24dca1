package io.distillwatch.family;

import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.metrics.Hashes;
import io.distillwatch.pane.Combiner;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Gathers features by bucket in front of the shuffle. However often a feature comes, a subtask
 * sends at most {@value FeatureHits#ACCOUNTS} accounts of it a pane.
 */
public final class FeatureCombiner
        implements Combiner<AccountPane, FeatureCombiner.Key, Map<Long, FeatureHits>, FeaturePane> {

    /** A bucket in a pane. */
    public record Key(int bucket, long paneEnd) {}

    private final int buckets;

    public FeatureCombiner(int buckets) {
        this.buckets = buckets;
    }

    @Override
    public void add(Map<Key, Map<Long, FeatureHits>> partials, AccountPane pane) {
        long account = Hashes.of(pane.accountId());
        for (Exchange exchange : pane.exchanges()) {
            for (long feature : exchange.features()) {
                add(partials, pane, feature, account, exchange);
            }
        }
    }

    private void add(
            Map<Key, Map<Long, FeatureHits>> partials,
            AccountPane pane,
            long feature,
            long account,
            Exchange exchange) {
        FeatureHits hits =
                partials.computeIfAbsent(
                                new Key(bucket(feature, buckets), pane.paneEnd()),
                                key -> new HashMap<>())
                        .computeIfAbsent(feature, key -> new FeatureHits());
        hits.accounts.add(account);
        hits.exchanges.add(exchange.exchangeHash());
    }

    static int bucket(long feature, int buckets) {
        return (int) Long.remainderUnsigned(feature >>> 2, buckets);
    }

    @Override
    public void emit(Key key, Map<Long, FeatureHits> hits, BiConsumer<FeaturePane, Long> out) {
        out.accept(new FeaturePane(key.bucket, key.paneEnd, hits), key.paneEnd - 1);
    }
}
