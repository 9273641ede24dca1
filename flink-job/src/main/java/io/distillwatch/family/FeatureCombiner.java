package io.distillwatch.family;

import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.metrics.Hashes;
import io.distillwatch.pane.Combiner;

/**
 * Gathers features by bucket in front of the shuffle. However often a feature comes, a subtask
 * sends at most {@value FeatureHits#ACCOUNTS} accounts of it a pane.
 */
public final class FeatureCombiner implements Combiner<AccountPane, FeaturePane> {

    private final int buckets;

    private transient FeatureGatherer features;

    public FeatureCombiner(int buckets) {
        this.buckets = buckets;
    }

    @Override
    public void open() {
        features = new FeatureGatherer(buckets);
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
                features.add(feature, account, exchange.exchangeHash());
            }
            if (pane.steady()) {
                addCohort(Cohort.client(exchange), account, exchange);
                addCohort(Cohort.payment(exchange), account, exchange);
            }
        }
    }

    private void addCohort(long cohort, long account, Exchange exchange) {
        if (cohort != 0) {
            features.add(cohort, account, exchange.exchangeHash());
        }
    }

    @Override
    public int size() {
        return features.size();
    }

    @Override
    public void flush(long paneEnd, Output<FeaturePane> out) {
        features.drain(
                (bucket, run) -> out.send(new FeaturePane(bucket, paneEnd, run), paneEnd - 1));
    }
}
