package io.distillwatch.fingerprint;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers the fingerprints of the last system prompts: they are long, and a handful of apps send
 * most of them. Bounded in bytes, since whoever sends requests chooses how long they are; holds
 * text on the heap of the first operator only, never in state.
 */
final class SystemPromptMemo {

    /** What stands for no system prompt. */
    static final Entry NONE = new Entry(0, 0, new long[0]);

    /** 256 prompts of 32 KiB, or 3 of the longest that are accepted. */
    static final long MAX_BYTES = 8 << 20;

    /* Map node, string, entry and its features, roughly. */
    private static final int OVERHEAD = 256;

    record Entry(long hash, int cues, long[] features) {}

    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    Entry get(CharSequence systemPrompt) {
        return entries.get(systemPrompt.toString());
    }

    void put(CharSequence systemPrompt, Entry entry) {
        String text = systemPrompt.toString();
        if (entries.put(text, entry) == null) {
            bytes += size(text);
        }
        Iterator<Map.Entry<String, Entry>> eldest = entries.entrySet().iterator();
        while (bytes > MAX_BYTES) {
            bytes -= size(eldest.next().getKey());
            eldest.remove();
        }
    }

    /** What the remembered prompts take at most. */
    long bytes() {
        return bytes;
    }

    /** Two bytes a character: what a text with a single character beyond Latin-1 takes. */
    private static long size(String text) {
        return OVERHEAD + 2L * text.length();
    }
}
