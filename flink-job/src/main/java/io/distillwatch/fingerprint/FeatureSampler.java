package io.distillwatch.fingerprint;

import java.util.Arrays;

/**
 * Picks the grouping features of a prompt: hashes of runs of tokens (shingles) such that two
 * prompts with common constant text pick common ones, wherever the constant text stands and however
 * long the variable part is.
 *
 * <ul>
 *   <li><em>Head and tail</em>: of the shingles of {@value #SHORT} tokens in the first {@value
 *       #HEAD_ZONE} and the last {@value #TAIL_ZONE} tokens, those with the smallest hashes
 *       (MinHash's bottom-k sketch, Broder 1997). Short shingles survive substituted words.
 *   <li><em>Ends</em>: the first and the last of these shingles in any case, since of a wrapper of
 *       few words there are few.
 *   <li><em>Anywhere</em>: shingles of {@value #LONG} tokens whose hash is 0 modulo {@value
 *       #MODULUS} (consistent sampling, Manber 1994; winnowing, Schleimer et al. 2003), the
 *       smallest {@value #ANYWHERE} of them.
 *   <li><em>Frame</em>: the first and the last line together, or what a colon ends in them, those
 *       of at most {@value #LINE} tokens. A template can be as short as a heading above and a
 *       heading below.
 * </ul>
 *
 * <p>The two lowest bits of a feature say what it is: {@value #FRAME} a frame with both lines, 0
 * any other text; 1 and 2 are left to what is no text at all ({@code Cohort}).
 *
 * <p>In scripts written without spaces a token is a character, and all lengths double.
 */
public final class FeatureSampler {

    static final int SHORT = 5;
    static final int LONG = 8;
    static final int HEAD_ZONE = 40;
    static final int TAIL_ZONE = 32;
    static final int MODULUS = 8;
    static final int HEAD = 6;
    static final int TAIL = 3;
    static final int ANYWHERE = 4;
    static final int LINE = 6;
    static final long FRAME = 3;

    private final KeyedHash hash;
    private final long[] features = new long[64];
    private int size;

    FeatureSampler(KeyedHash hash) {
        this.hash = hash;
    }

    /**
     * Whether a feature is a frame of two lines: whoever wraps prompts by a form leaves it, and it
     * tells the form from what is said in it.
     */
    public static boolean isFrame(long feature) {
        return (feature & FRAME) == FRAME;
    }

    static long plain(long feature) {
        return feature & ~FRAME;
    }

    void clear() {
        size = 0;
    }

    /** Adds the features of a user's prompt. */
    void addPrompt(TokenBuffer tokens) {
        int scale = tokens.mostlyIdeographs() ? 2 : 1;
        int n = tokens.size();
        int headEnd = Math.min(n, HEAD_ZONE * scale);
        int tailStart = Math.max(0, n - TAIL_ZONE * scale);
        int shingle = SHORT * scale;
        addSmallest(tokens, 0, headEnd, shingle, HEAD);
        addSmallest(tokens, 0, Math.min(n, shingle), shingle, 1);
        addSmallest(tokens, tailStart, n, shingle, TAIL);
        addSmallest(tokens, Math.max(0, n - shingle), n, shingle, 1);
        addSampled(tokens, LONG * scale);
        addFrame(tokens, LINE * scale);
    }

    /** Adds the features of a system prompt: its beginning only, and few. */
    void addSystemPrompt(TokenBuffer tokens) {
        int scale = tokens.mostlyIdeographs() ? 2 : 1;
        int end = Math.min(tokens.size(), 2 * HEAD_ZONE * scale);
        addSmallest(tokens, 0, end, LONG * scale, TAIL);
    }

    /** Adds a feature that is no shingle. */
    void add(long feature) {
        features[size++] = plain(feature);
    }

    /** The features so far, sorted and distinct. */
    long[] toArray() {
        Arrays.sort(features, 0, size);
        int distinct = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || features[i] != features[i - 1]) {
                features[distinct++] = features[i];
            }
        }
        size = distinct;
        return Arrays.copyOf(features, distinct);
    }

    private void addFrame(TokenBuffer tokens, int longest) {
        int n = tokens.size();
        int headEnd = tokens.firstLineEnd();
        int tailStart = tokens.lastLineStart();
        boolean head = headEnd < n && headEnd <= longest;
        boolean tail = tailStart >= headEnd && tailStart < n && n - tailStart <= longest;
        if (!head && !tail) {
            return;
        }
        long h = hash.start();
        for (int i = 0; head && i < headEnd; i++) {
            h = hash.step(h, tokens.shape(i));
        }
        // Between two lines of a frame, so that a heading above is not one below.
        h = hash.step(h, LINE);
        for (int i = tailStart; tail && i < n; i++) {
            h = hash.step(h, tokens.shape(i));
        }
        long frame = hash.finish(h);
        features[size++] = head && tail ? frame | FRAME : plain(frame);
    }

    private void addSmallest(TokenBuffer tokens, int from, int to, int length, int keep) {
        int first = size;
        for (int i = from; i + length <= to; i++) {
            long h = hash.start();
            for (int j = i; j < i + length; j++) {
                h = hash.step(h, tokens.shape(j));
            }
            insert(first, keep, hash.finish(h));
        }
    }

    private void addSampled(TokenBuffer tokens, int length) {
        int n = tokens.size();
        if (n < length) {
            return;
        }
        long base = hash.multiplier();
        long leading = 1;
        for (int i = 1; i < length; i++) {
            leading *= base;
        }
        int first = size;
        long rolling = 0;
        for (int i = 0; i < n; i++) {
            if (i >= length) {
                rolling -= leading * tokens.shape(i - length);
            }
            rolling = rolling * base + tokens.shape(i);
            if (i >= length - 1) {
                long h = hash.finish(rolling);
                if (Long.remainderUnsigned(h, MODULUS) == 0) {
                    insert(first, ANYWHERE, h);
                }
            }
        }
    }

    /** Keeps the {@code keep} smallest distinct hashes in {@code features[first..]}. */
    private void insert(int first, int keep, long shingle) {
        long h = plain(shingle);
        int count = size - first;
        if (count == keep && Long.compareUnsigned(h, features[size - 1]) >= 0) {
            return;
        }
        int at = size;
        while (at > first && Long.compareUnsigned(features[at - 1], h) > 0) {
            at--;
        }
        if (at > first && features[at - 1] == h) {
            return;
        }
        int end = count == keep ? size - 1 : size;
        System.arraycopy(features, at, features, at + 1, end - at);
        features[at] = h;
        size = end + 1;
    }
}
