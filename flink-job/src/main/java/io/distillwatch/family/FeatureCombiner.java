package io.distillwatch.family;

import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.metrics.Hashes;
import io.distillwatch.pane.Combiner;
import io.distillwatch.sketch.LongMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers features by bucket in front of the shuffle. However often a feature comes, a subtask
 * sends at most {@value FeatureHits#ACCOUNTS} accounts of it a pane.
 */
public final class FeatureCombiner implements Combiner<AccountPane, FeaturePane> {

    private final int buckets;

    /* By bucket; null for a bucket without features. */
    private transient List<LongMap<FeatureHits>> hits;
    private transient int size;

    public FeatureCombiner(int buckets) {
        this.buckets = buckets;
    }

    @Override
    public void open() {
        hits = new ArrayList<>(buckets);
        for (int bucket = 0; bucket < buckets; bucket++) {
            hits.add(null);
        }
    }

    @Override
    public long paneEnd(AccountPane input) {
        return input.paneEnd();
    }

    @Override
    public void add(AccountPane pane) {
        long account = Hashes.of(pane.accountId());
        for (Exchange exchange : pane.exchanges()) {
            for (long feature : exchange.features()) {
                add(feature, account, exchange.exchangeHash());
            }
            if (pane.steady()) {
                addCohort(Cohort.client(exchange), account, exchange);
                addCohort(Cohort.payment(exchange), account, exchange);
            }
        }
    }

    private void addCohort(long cohort, long account, Exchange exchange) {
        if (cohort != 0) {
            add(cohort, account, exchange.exchangeHash());
        }
    }

    private void add(long feature, long account, long exchange) {
        int bucket = bucket(feature, buckets);
        LongMap<FeatureHits> ofBucket = hits.get(bucket);
        if (ofBucket == null) {
            ofBucket = new LongMap<>();
            hits.set(bucket, ofBucket);
        }
        FeatureHits known = ofBucket.get(feature);
        if (known == null) {
            ofBucket.put(feature, new FeatureHits(account, exchange));
            size++;
        } else {
            known.add(account, exchange);
        }
    }

    static int bucket(long feature, int buckets) {
        return (int) Long.remainderUnsigned(feature >>> 2, buckets);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void flush(long paneEnd, Output<FeaturePane> out) {
        for (int bucket = 0; bucket < buckets; bucket++) {
            LongMap<FeatureHits> ofBucket = hits.get(bucket);
            if (ofBucket != null) {
                hits.set(bucket, null);
                out.send(new FeaturePane(bucket, paneEnd, ofBucket), paneEnd - 1);
            }
        }
        size = 0;
    }
}
