package io.distillwatch.fingerprint;

import java.util.Arrays;

/**
 * Splits text into tokens and keeps only their hashes: words, folded to lower case, without
 * punctuation. Two hashes a token: <em>exact</em>, and <em>shape</em>, in which a run of digits is
 * one sign, so that "Task 17" and "Task 42" are the same template.
 *
 * <p>Scripts written without spaces give one token a character.
 */
final class TokenBuffer {

    /** Longer prompts are cut here for grouping; their exact hash still covers all of it. */
    static final int MAX_TOKENS = 16_384;

    private static final int DIGITS = '0';

    private final KeyedHash hash;
    private long[] exact = new long[512];
    private long[] shape = new long[512];
    private int size;
    private int ideographs;
    private long wholeHash;
    private int total;
    /* Tokens before the first line break or colon that has any, and before the last two such line
     * breaks, the last end of a sentence and the last colon. */
    private int firstBreak;
    private int lastBreak;
    private int breakBefore;
    private int sentenceBreak;
    private int colonBefore;

    TokenBuffer(KeyedHash hash) {
        this.hash = hash;
    }

    /** Replaces the content by the tokens of a text. */
    void read(CharSequence text) {
        size = 0;
        ideographs = 0;
        total = 0;
        firstBreak = 0;
        lastBreak = 0;
        breakBefore = 0;
        sentenceBreak = 0;
        colonBefore = 0;
        wholeHash = hash.start();
        long exactHash = hash.start();
        long shapeHash = hash.start();
        boolean inToken = false;
        boolean inDigits = false;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            int c = text.charAt(i);
            if (c < 128) {
                if (c >= 'A' && c <= 'Z') {
                    c += 32;
                }
                if (c >= 'a' && c <= 'z') {
                    exactHash = hash.step(exactHash, c);
                    shapeHash = hash.step(shapeHash, c);
                    inToken = true;
                    inDigits = false;
                    continue;
                }
                if (c >= '0' && c <= '9') {
                    exactHash = hash.step(exactHash, c);
                    if (!inDigits) {
                        shapeHash = hash.step(shapeHash, DIGITS);
                    }
                    inToken = true;
                    inDigits = true;
                    continue;
                }
            } else {
                int point = c;
                if (Character.isHighSurrogate((char) c) && i + 1 < length) {
                    point = Character.codePointAt(text, i);
                    i += Character.charCount(point) - 1;
                }
                if (writtenWithoutSpaces(point)) {
                    if (inToken) {
                        add(exactHash, shapeHash);
                        inToken = false;
                    }
                    long one = hash.step(hash.start(), point);
                    add(one, one);
                    ideographs++;
                    inDigits = false;
                    exactHash = hash.start();
                    shapeHash = hash.start();
                    continue;
                }
                if (Character.isLetterOrDigit(point)) {
                    int folded = Character.toLowerCase(point);
                    exactHash = hash.step(exactHash, folded);
                    shapeHash = hash.step(shapeHash, folded);
                    inToken = true;
                    inDigits = false;
                    continue;
                }
            }
            if (inToken) {
                add(exactHash, shapeHash);
                exactHash = hash.start();
                shapeHash = hash.start();
                inToken = false;
                inDigits = false;
            }
            switch (c) {
                case '\n' -> endLine();
                case ':' -> endLabel(i + 1 == length || text.charAt(i + 1) <= ' ');
                case '\uff1a' -> endLabel(true);
                case '.', '?', '!', '\u3002', '\uff1f', '\uff01' -> sentenceBreak = size;
                default -> {}
            }
        }
        if (inToken) {
            add(exactHash, shapeHash);
        }
    }

    private void endLine() {
        if (size > lastBreak) {
            firstBreak = firstBreak == 0 ? size : firstBreak;
            breakBefore = lastBreak;
            lastBreak = size;
        }
    }

    private void endLabel(boolean spaceFollows) {
        if (spaceFollows && firstBreak == 0) {
            firstBreak = size;
        }
        colonBefore = size;
    }

    private void add(long exactHash, long shapeHash) {
        wholeHash = hash.step(wholeHash, exactHash);
        total++;
        if (size == MAX_TOKENS) {
            return;
        }
        if (size == exact.length) {
            exact = Arrays.copyOf(exact, 2 * size);
            shape = Arrays.copyOf(shape, 2 * size);
        }
        exact[size] = exactHash;
        shape[size] = shapeHash;
        size++;
    }

    /** Tokens held, at most {@link #MAX_TOKENS}. */
    int size() {
        return size;
    }

    /** Tokens of the text. */
    int total() {
        return total;
    }

    /**
     * Index behind the last token of the first line, or of what stands before a colon in it; lines
     * without tokens do not count.
     */
    int firstLineEnd() {
        return firstBreak == 0 ? size : firstBreak;
    }

    /**
     * Index of the first token of the last line, or where a colon ends the text of its last
     * sentence; 0 when there is one line.
     */
    int lastLineStart() {
        int line = lastBreak == size ? breakBefore : lastBreak;
        return colonBefore == size ? Math.max(line, sentenceBreak) : line;
    }

    long shape(int index) {
        return shape[index];
    }

    /** Hash of all tokens; never 0. */
    long whole() {
        return hash.finish(hash.step(wholeHash, total));
    }

    /** Hash of the exact tokens in a range; never 0. */
    long range(int from, int to) {
        long h = hash.start();
        for (int i = from; i < to; i++) {
            h = hash.step(h, exact[i]);
        }
        return hash.finish(h);
    }

    /** Whether most tokens are single characters of a script without spaces. */
    boolean mostlyIdeographs() {
        return 2 * ideographs > size;
    }

    /**
     * Thai, Lao, Tibetan, Myanmar, Khmer, kana and Han: about one syllable or word a character.
     * Hangul is written with spaces.
     */
    private static boolean writtenWithoutSpaces(int point) {
        return (point >= 0x0E00 && point <= 0x0FFF)
                || (point >= 0x1000 && point <= 0x109F)
                || (point >= 0x1780 && point <= 0x17FF)
                || (point >= 0x3040 && point <= 0x30FF)
                || (point >= 0x3400 && point <= 0x9FFF)
                || (point >= 0xF900 && point <= 0xFAFF)
                || (point >= 0x20000 && point <= 0x3FFFF);
    }
}
