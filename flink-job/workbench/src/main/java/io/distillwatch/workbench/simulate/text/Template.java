package io.distillwatch.workbench.simulate.text;

import java.util.List;

/** A wrapper with a place for the item: text before it, text after it, either may be empty. */
@SuppressWarnings("ArrayRecordComponent") // immutable by convention, never compared
public record Template(byte[] before, byte[] after) {

    /** Splits a drawn text at its slot; without one, the item goes to the end. */
    static Template split(byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (text[i] == Grammar.SLOT) {
                byte[] before = java.util.Arrays.copyOf(text, i);
                byte[] after = java.util.Arrays.copyOfRange(text, i + 1, text.length);
                return new Template(before, after);
            }
        }
        byte[] before = new byte[text.length + 2];
        System.arraycopy(text, 0, before, 0, text.length);
        before[text.length] = '\\';
        before[text.length + 1] = 'n';
        return new Template(before, new byte[0]);
    }

    /** One draw of a grammar's symbol. */
    public static Template draw(Grammar grammar, String symbol, Rand rand) {
        JsonBytes out = new JsonBytes(1024);
        grammar.symbol(symbol).write(rand, out);
        return split(out.copy());
    }

    /** A template made of a foreign text with the item after it. */
    public static Template after(byte[] text) {
        return split(text);
    }

    /** Writes the wrapper around an item. */
    public void write(TextSource items, long item, JsonBytes out) {
        out.raw(before);
        items.write(item, out);
        out.raw(after);
    }

    /** The same with every word of the wrapper replaced with probability {@code q}. */
    public void writeSubstituted(
            TextSource items, long item, double q, List<byte[]> words, Rand rand, JsonBytes out) {
        WordNoise.write(before, q, words, rand, out);
        items.write(item, out);
        WordNoise.write(after, q, words, rand, out);
    }
}
