package io.distillwatch.exchange;

/**
 * An accepted exchange without its text: what is left of a log record once the prompt has been
 * fingerprinted. The only form in which an exchange travels through the job.
 *
 * <p>Hashes are 64-bit keyed hashes (see {@code PromptFingerprinter}); 0 stands for "absent".
 */
public record Exchange(
        /* Keyed hash of exchange_id. */
        long exchangeHash,
        String accountId,
        /* Epoch milliseconds. */
        long eventTime,
        /* Canonical text of the address prefix, e.g. 203.0.113.0/24. */
        String prefix,
        String organizationId,
        String model,
        long inputTokens,
        long outputTokens,
        /* Exact normalised prompt. */
        long promptHash,
        /* Leading tokens: the family as metrics count it. */
        long familyHash,
        /* How it ends: the body as far as the constant part stands in front. */
        long tailHash,
        long systemHash,
        /* User agent and TLS fingerprint together. */
        long clientHash,
        long paymentHash,
        long conversationHash,
        /* Epoch milliseconds; 0 where unknown. */
        long accountCreatedAt,
        /* Length of the prompt in tokens as the fingerprint counts them. */
        int promptTokens,
        /* Number of earlier user messages in the request; 0 for a single-turn exchange. */
        int earlierTurns,
        /* Bit set of elicitation cues. */
        int cues,
        /* Grouping features of the text, the system prompt and the embedding: sampled shingles. */
        long[] features,
        /* Source partition; 0 in a replay. */
        int partition,
        /* Source offset, or line number in a replay: where the text can still be found. */
        long offset) {}
