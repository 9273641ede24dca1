package io.distillwatch.sketch;

/**
 * How often each hash came in several {@link FrequencySketch sketches} together: what their merged
 * sketch would say, at the price of a probe a key. Merging them one after the other passes over all
 * keys at each.
 */
public final class FrequencyUnion {

    private final KeyNumbers keys = new KeyNumbers(FrequencySketch.MAX_EXACT + 1);
    private final long[] counts = new long[FrequencySketch.MAX_EXACT + 1];
    private long total;
    /* Of everything, once there are too many keys; null before. */
    private FrequencySketch large;

    public void add(long key, long count) {
        if (large != null) {
            large.add(key, count);
            return;
        }
        int before = keys.size();
        int number = keys.of(key);
        counts[number] = number == before ? count : counts[number] + count;
        total += count;
        if (keys.size() > FrequencySketch.MAX_EXACT) {
            grow();
        }
    }

    void addLarge(FrequencySketch sketch) {
        if (large == null) {
            grow();
        }
        large.merge(sketch);
    }

    private void grow() {
        large = new FrequencySketch();
        for (int i = 0; i < keys.size(); i++) {
            large.add(keys.key(i), counts[i]);
        }
        keys.clear();
        total = 0;
    }

    /** {@link FrequencySketch#shares} of all. */
    public FrequencySketch.Shares shares() {
        return large == null
                ? FrequencySketch.Shares.exact(counts, keys.size(), total)
                : large.shares();
    }

    /** Holds nothing again. */
    public void clear() {
        keys.clear();
        total = 0;
        large = null;
    }
}
