package io.distillwatch.fingerprint;

import io.distillwatch.sketch.LongMap;
import java.util.ArrayList;
import java.util.List;

/** Finds {@link ElicitationCue} phrases in a token buffer by hash, one look-up a token. */
final class CueMatcher {

    /** Phrases that begin with the same token. */
    private record Phrase(long[] tokens, int bit) {}

    private final LongMap<List<Phrase>> byFirstToken = new LongMap<>();

    CueMatcher(KeyedHash hash) {
        TokenBuffer tokens = new TokenBuffer(hash);
        for (ElicitationCue cue : ElicitationCue.values()) {
            for (String text : cue.phrases()) {
                tokens.read(text);
                long[] phrase = new long[tokens.size()];
                for (int i = 0; i < phrase.length; i++) {
                    phrase[i] = tokens.shape(i);
                }
                byFirstToken
                        .computeIfAbsent(phrase[0], first -> new ArrayList<>())
                        .add(new Phrase(phrase, cue.bit()));
            }
        }
    }

    int match(TokenBuffer tokens) {
        int cues = 0;
        for (int i = 0; i < tokens.size(); i++) {
            List<Phrase> phrases = byFirstToken.get(tokens.shape(i));
            if (phrases != null) {
                for (Phrase phrase : phrases) {
                    if ((cues & phrase.bit) == 0 && standsAt(phrase.tokens, tokens, i)) {
                        cues |= phrase.bit;
                    }
                }
            }
        }
        return cues;
    }

    private static boolean standsAt(long[] phrase, TokenBuffer tokens, int at) {
        if (at + phrase.length > tokens.size()) {
            return false;
        }
        for (int i = 1; i < phrase.length; i++) {
            if (tokens.shape(at + i) != phrase[i]) {
                return false;
            }
        }
        return true;
    }
}
