package io.distillwatch.fingerprint;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers the fingerprints of the last system prompts: they are long, and a handful of apps send
 * most of them. Bounded; holds text on the heap of the first operator only, never in state.
 */
final class SystemPromptMemo {

    private static final int MAX_ENTRIES = 256;

    record Entry(long hash, int cues, long[] features) {}

    private final Map<String, Entry> entries =
            new LinkedHashMap<>(64, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
                    return size() > MAX_ENTRIES;
                }
            };

    Entry get(CharSequence systemPrompt) {
        return entries.get(systemPrompt.toString());
    }

    void put(CharSequence systemPrompt, Entry entry) {
        entries.put(systemPrompt.toString(), entry);
    }
}
