package io.distillwatch.fingerprint;

/**
 * What is kept of a prompt: keyed 64-bit hashes, lengths and bits, never text.
 *
 * @param promptHash the whole prompt, case and punctuation folded; equal prompts are equal here
 * @param familyHash the leading {@value PromptFingerprinter#FAMILY_TOKENS} tokens: the family as
 *     the metrics count it
 * @param tailHash how the prompt ends, in two hashes of 32 bits: {@link #lastTokens} and {@link
 *     #laterHalf}
 * @param systemHash the whole system prompt; 0 where there is none
 * @param tokens length of the prompt in tokens
 * @param cues bit set over {@link ElicitationCue}
 * @param features grouping features, sorted, distinct: prompts that share constant text share some
 */
public record PromptFingerprint(
        long promptHash,
        long familyHash,
        long tailHash,
        long systemHash,
        int tokens,
        int cues,
        long[] features) {

    private static final long UPPER = 0xffff_ffff_0000_0000L;

    static long ends(long lastTokens, long laterHalf) {
        return lastTokens & UPPER | laterHalf >>> 32;
    }

    /** Hash of the last {@value PromptFingerprinter#TAIL_TOKENS} tokens, in the upper 32 bits. */
    public static long lastTokens(long tailHash) {
        return tailHash & UPPER;
    }

    /**
     * Hash of about the later half of the tokens, in the upper 32 bits: the last 2^k for the
     * greatest k of which there are twice as many, and no fewer than the last tokens. It is the
     * same for prompts that differ in front, by a name and by the few tokens it has more or less.
     */
    public static long laterHalf(long tailHash) {
        return tailHash << 32;
    }
}
