package io.distillwatch.family;

import io.distillwatch.sketch.KeyNumbers;
import java.util.Arrays;

/**
 * Gathers who shows which feature, and gives it out as {@linkplain FeatureRun runs}, one a bucket.
 * It is filled and drained again and again, without an object a feature.
 */
final class FeatureGatherer {

    /** Where runs go. */
    @FunctionalInterface
    interface Receiver {
        void take(int bucket, FeatureRun run);
    }

    private static final int CAPACITY = 4096;

    private final int buckets;
    private final KeyNumbers features = new KeyNumbers(CAPACITY);
    /* By the feature's number: its first hit, and all of them once there is a second. */
    private long[] accounts = new long[CAPACITY];
    private long[] exchanges = new long[CAPACITY];
    private FeatureHits[] several = new FeatureHits[CAPACITY];
    private int[] bucketOf = new int[CAPACITY];

    FeatureGatherer(int buckets) {
        this.buckets = buckets;
    }

    void add(long feature, long account, long exchange) {
        int known = features.size();
        int number = features.of(feature);
        if (number == known) {
            room(number);
            accounts[number] = account;
            exchanges[number] = exchange;
            bucketOf[number] = bucket(feature);
            return;
        }
        if (several[number] == null) {
            several[number] = new FeatureHits(accounts[number], exchanges[number]);
        }
        several[number].add(account, exchange);
    }

    private void room(int number) {
        if (number == accounts.length) {
            accounts = Arrays.copyOf(accounts, 2 * number);
            exchanges = Arrays.copyOf(exchanges, 2 * number);
            several = Arrays.copyOf(several, 2 * number);
            bucketOf = Arrays.copyOf(bucketOf, 2 * number);
        }
    }

    int size() {
        return features.size();
    }

    /** Gives everything out, bucket after bucket, and forgets it. */
    void drain(Receiver receiver) {
        int[] sizes = new int[buckets];
        for (int i = 0; i < features.size(); i++) {
            sizes[bucketOf[i]]++;
        }
        long[][] ofBuckets = new long[buckets][];
        for (int i = 0; i < features.size(); i++) {
            int bucket = bucketOf[i];
            if (ofBuckets[bucket] == null) {
                ofBuckets[bucket] = new long[sizes[bucket]];
            }
            ofBuckets[bucket][--sizes[bucket]] = features.key(i);
        }
        for (int bucket = 0; bucket < buckets; bucket++) {
            if (ofBuckets[bucket] != null) {
                receiver.take(bucket, run(ofBuckets[bucket]));
            }
        }
        Arrays.fill(several, 0, features.size(), null);
        features.clear();
    }

    private FeatureRun run(long[] ofBucket) {
        Arrays.sort(ofBucket);
        FeatureRun run = new FeatureRun(ofBucket.length);
        for (long feature : ofBucket) {
            int number = features.of(feature);
            if (several[number] == null) {
                run.append(feature, accounts[number], exchanges[number]);
            } else {
                run.append(feature, several[number]);
            }
        }
        return run;
    }

    private int bucket(long feature) {
        return (int) Long.remainderUnsigned(feature >>> 2, buckets);
    }
}
