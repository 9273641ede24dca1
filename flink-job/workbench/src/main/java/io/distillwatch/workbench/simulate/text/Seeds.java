package io.distillwatch.workbench.simulate.text;

import java.nio.charset.StandardCharsets;

/**
 * Derives seeds and identifiers: well mixed, the same everywhere, never from a counter that others
 * share.
 */
public final class Seeds {

    private Seeds() {}

    /** A 64-bit value that depends on every bit of both (finalizer of SplitMix64). */
    public static long mix(long a, long b) {
        long z = a * 0x9E3779B97F4A7C15L + Long.rotateLeft(b, 31) + 0x632BE59BD9B4E019L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        z = (z + b) * 0xD6E8FEB86659FD93L;
        return z ^ (z >>> 32);
    }

    /** The seed of something with a name (FNV-1a over its UTF-8, mixed with {@code seed}). */
    public static long of(long seed, String name) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return mix(seed, hash);
    }

    /** A value in 0 to {@code bound} - 1 that depends on all bits of {@code seed}. */
    public static int below(long seed, int bound) {
        return (int) Math.floorMod(mix(seed, bound), (long) bound);
    }
}
