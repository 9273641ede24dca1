package io.distillwatch.fingerprint;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A keyed 64-bit hash of token sequences. The key is derived from the configured secret by
 * HMAC-SHA-256, so that fingerprints of two deployments cannot be matched and a table of guessed
 * prompts cannot be hashed without the secret.
 *
 * <p>It is a fast universal hash with a 256-bit key, not a pseudo-random function: fingerprints are
 * pseudonyms and are to be protected as such.
 */
final class KeyedHash {

    private final long seed;
    private final long multiplier;
    private final long whitening;

    KeyedHash(String secret, String purpose) {
        byte[] key = hmac(secret, purpose);
        this.seed = longAt(key, 0);
        this.multiplier = longAt(key, 8) | 1; // odd: multiplication stays a bijection
        this.whitening = longAt(key, 16);
    }

    long start() {
        return seed;
    }

    /** Takes one more character or token into a running hash. */
    long step(long hash, long next) {
        return Long.rotateLeft((hash ^ next) * multiplier, 29);
    }

    /** Ends a running hash; never 0, which stands for "absent". */
    long finish(long hash) {
        long h = mix(hash ^ whitening);
        return h == 0 ? 1 : h;
    }

    /** The odd multiplier, for rolling polynomials over the same key. */
    long multiplier() {
        return multiplier;
    }

    /** Variant 13 of David Stafford's finalizers of MurmurHash3: full avalanche. */
    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    private static byte[] hmac(String secret, String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime must provide HmacSHA256", e);
        }
    }

    private static long longAt(byte[] bytes, int offset) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (bytes[offset + i] & 0xff);
        }
        return value;
    }
}
