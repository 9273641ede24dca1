package io.distillwatch.fingerprint;

import java.util.Arrays;

/**
 * Turns a prompt into hashes. One instance a thread; the same secret gives the same fingerprints
 * everywhere: in the job, in SQL, in a replay.
 */
public final class PromptFingerprinter {

    /** Leading tokens that make the family of the metrics. */
    public static final int FAMILY_TOKENS = 12;

    /** Last tokens that make the end of a prompt. */
    public static final int TAIL_TOKENS = 12;

    private final KeyedHash tokenHash;
    private final KeyedHash textHash;
    private final TokenBuffer tokens;
    private final CueMatcher cues;
    private final FeatureSampler features;
    private final FeatureSampler systemFeatures;
    private final EmbeddingFeatures embeddings;
    private final SystemPromptMemo systemPrompts = new SystemPromptMemo();

    /**
     * @param secret key of all hashes, from configuration; not empty
     */
    public PromptFingerprinter(String secret) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("the fingerprint secret must not be empty");
        }
        this.tokenHash = new KeyedHash(secret, "token");
        this.textHash = new KeyedHash(secret, "text");
        this.tokens = new TokenBuffer(tokenHash);
        this.cues = new CueMatcher(tokenHash);
        this.features = new FeatureSampler(new KeyedHash(secret, "shingle"));
        this.systemFeatures = new FeatureSampler(new KeyedHash(secret, "system-shingle"));
        this.embeddings = new EmbeddingFeatures(new KeyedHash(secret, "embedding"));
    }

    /**
     * Fingerprints one prompt.
     *
     * @param prompt text of the last user message
     * @param systemPrompt text; null where there is none
     * @param embedding of the prompt, from the producer's model; null where there is none
     */
    public PromptFingerprint fingerprint(
            CharSequence prompt, CharSequence systemPrompt, float[] embedding) {
        features.clear();
        tokens.read(prompt);
        long promptHash = tokens.whole();
        int size = tokens.size();
        long familyHash = tokens.range(0, Math.min(size, FAMILY_TOKENS));
        int laterHalf = Math.max(TAIL_TOKENS, Integer.highestOneBit(size / 2));
        long tailHash =
                PromptFingerprint.ends(
                        tokens.range(Math.max(0, size - TAIL_TOKENS), size),
                        tokens.range(Math.max(0, size - laterHalf), size));
        int length = tokens.total();
        int found = cues.match(tokens);
        features.addPrompt(tokens);
        SystemPromptMemo.Entry system = addContext(systemPrompt, embedding);
        return new PromptFingerprint(
                promptHash,
                familyHash,
                tailHash,
                system.hash(),
                length,
                found | system.cues(),
                features.toArray());
    }

    /** Adds the features of what stands beside the prompt. */
    private SystemPromptMemo.Entry addContext(CharSequence systemPrompt, float[] embedding) {
        if (embedding != null && embedding.length > 0) {
            embeddings.addTo(features, embedding);
        }
        if (systemPrompt == null || systemPrompt.isEmpty()) {
            return SystemPromptMemo.NONE;
        }
        SystemPromptMemo.Entry system = systemPrompts.get(systemPrompt);
        if (system == null) {
            system = readSystemPrompt(systemPrompt);
            systemPrompts.put(systemPrompt, system);
        }
        for (long feature : system.features()) {
            features.add(feature);
        }
        return system;
    }

    private SystemPromptMemo.Entry readSystemPrompt(CharSequence systemPrompt) {
        tokens.read(systemPrompt);
        systemFeatures.clear();
        systemFeatures.addSystemPrompt(tokens);
        // Long system prompts of agents mention everything; only a short one states what is asked.
        int found = tokens.total() <= 200 ? cues.match(tokens) : 0;
        return new SystemPromptMemo.Entry(tokens.whole(), found, systemFeatures.toArray());
    }

    /**
     * The fingerprint of an exchange whose producer does not send the prompt's text. The system
     * prompt and the embedding count as beside a text, where the producer sends them.
     *
     * @param promptFingerprint opaque; equal for equal prompts or equal templates
     * @param systemPrompt text; null where there is none
     * @param embedding of the prompt, from the producer's model; null where there is none
     */
    public PromptFingerprint opaque(
            String promptFingerprint, CharSequence systemPrompt, float[] embedding) {
        long hash = hash("prompt-fingerprint:" + promptFingerprint);
        features.clear();
        features.add(hash);
        SystemPromptMemo.Entry system = addContext(systemPrompt, embedding);
        return new PromptFingerprint(
                hash, hash, hash, system.hash(), 0, system.cues(), features.toArray());
    }

    /** Keyed hash of any text, character by character; never 0. */
    public long hash(String text) {
        long h = textHash.start();
        for (int i = 0; i < text.length(); i++) {
            h = textHash.step(h, text.charAt(i));
        }
        return textHash.finish(h);
    }

    /** The form in which fingerprints are written: 16 hexadecimal digits. */
    public static String format(long fingerprint) {
        char[] digits = new char[16];
        Arrays.fill(digits, '0');
        String hex = Long.toHexString(fingerprint);
        hex.getChars(0, hex.length(), digits, 16 - hex.length());
        return new String(digits);
    }
}
