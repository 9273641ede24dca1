package io.distillwatch.fingerprint;

/**
 * What is kept of a prompt: keyed 64-bit hashes, lengths and bits, never text.
 *
 * @param promptHash the whole prompt, case and punctuation folded; equal prompts are equal here
 * @param familyHash the leading {@value PromptFingerprinter#FAMILY_TOKENS} tokens: the family as
 *     the metrics count it
 * @param tailHash the last {@value PromptFingerprinter#TAIL_TOKENS} tokens
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
        long[] features) {}
