package io.distillwatch.fingerprint;

/**
 * Grouping features of a producer's embedding: signs of random projections (SimHash, Charikar
 * 2002), cut into {@value #BANDS} bands of {@value #BITS} bits. Two vectors at angle t agree in a
 * band with probability (1 - t/pi)^{@value #BITS}: .53 for at least one band at cosine .95, .005 at
 * .7.
 */
final class EmbeddingFeatures {

    static final int BANDS = 6;
    static final int BITS = 20;

    private final KeyedHash hash;

    EmbeddingFeatures(KeyedHash hash) {
        this.hash = hash;
    }

    void addTo(FeatureSampler sampler, float[] embedding) {
        for (int band = 0; band < BANDS; band++) {
            double[] sums = new double[BITS];
            for (int i = 0; i < embedding.length; i++) {
                // One keyed 64-bit word gives the signs of this coordinate in all projections.
                long signs = hash.finish(((long) band << 32) | i);
                for (int bit = 0; bit < BITS; bit++) {
                    sums[bit] += (signs >>> bit & 1) == 0 ? embedding[i] : -embedding[i];
                }
            }
            long bits = 0;
            for (int bit = 0; bit < BITS; bit++) {
                bits = bits << 1 | (sums[bit] >= 0 ? 1 : 0);
            }
            sampler.add(hash.finish(hash.step(hash.step(hash.start(), band), bits)));
        }
    }
}
