package io.distillwatch.metrics;

import com.dynatrace.hash4j.hashing.Hashing;

/** Hashes of ids that are no secret: accounts and prefixes stand in the output as they are. */
public final class Hashes {

    private Hashes() {}

    /** 64-bit hash of an id, the same in every run. */
    public static long of(String id) {
        return Hashing.komihash5_0().hashCharsToLong(id);
    }
}
