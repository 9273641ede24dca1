package io.distillwatch.workbench.simulate.text;

import java.util.List;

/**
 * Replaces words at random, as an attacker with a thesaurus does and as the measurements of family
 * sketches assume. A character of a script without spaces counts as a word.
 */
final class WordNoise {

    private WordNoise() {}

    /** Appends {@code text} with each word replaced by one of {@code words} with probability q. */
    static void write(byte[] text, double q, List<byte[]> words, Rand rand, JsonBytes out) {
        int at = 0;
        while (at < text.length) {
            int end = wordEnd(text, at);
            if (end > at && replaceable(text, at, end) && rand.chance(q)) {
                out.raw(rand.pick(words));
            } else {
                out.raw(text, at, end - at);
            }
            at = end;
            // the separator after the word stays
            while (at < text.length && text[at] == ' ') {
                out.raw(' ');
                at++;
            }
        }
    }

    private static int wordEnd(byte[] text, int from) {
        if (wide(text[from])) {
            return Math.min(text.length, from + 3);
        }
        int end = from;
        while (end < text.length && text[end] != ' ' && !wide(text[end])) {
            end++;
        }
        return end;
    }

    /** First byte of a character of the CJK planes, U+3000 to U+9FFF. */
    private static boolean wide(byte b) {
        return (b & 0xFF) >= 0xE3 && (b & 0xFF) <= 0xE9;
    }

    /** Words with an escape or the slot in them keep their shape. */
    private static boolean replaceable(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == '\\' || text[i] == Grammar.SLOT) {
                return false;
            }
        }
        return true;
    }
}
