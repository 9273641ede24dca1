package io.distillwatch.workbench.simulate.text;

/** Texts by number: the same number gives the same text, always. */
public interface TextSource {

    /** Appends the text of this number, escaped for JSON. */
    void write(long item, JsonBytes out);
}
