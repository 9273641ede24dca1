package io.distillwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptEndsTest {

    private final PromptFingerprinter fingerprinter = new PromptFingerprinter("a secret for tests");

    @Test
    void aNameInFrontChangesNeitherEnd() {
        String question = words("question", 40);
        long one = tail("Dear Ann, " + question);
        long other = tail("Dear Bo van der Berg, " + question);

        assertThat(PromptFingerprint.lastTokens(one))
                .isEqualTo(PromptFingerprint.lastTokens(other));
        assertThat(PromptFingerprint.laterHalf(one)).isEqualTo(PromptFingerprint.laterHalf(other));
    }

    @Test
    void multipleChoiceHasItsLastWordsInCommonOnly() {
        String options = words("option", 15);
        long one = tail(words("first", 40) + options);
        long other = tail(words("second", 40) + options);

        assertThat(PromptFingerprint.lastTokens(one))
                .isEqualTo(PromptFingerprint.lastTokens(other));
        assertThat(PromptFingerprint.laterHalf(one))
                .isNotEqualTo(PromptFingerprint.laterHalf(other));
    }

    @Test
    void ofAShortPromptBothEndsAreAllOfIt() {
        long one = tail("what is a monad");
        long other = tail("who is a monad");

        assertThat(PromptFingerprint.lastTokens(one))
                .isNotEqualTo(PromptFingerprint.lastTokens(other));
        assertThat(PromptFingerprint.laterHalf(one))
                .isNotEqualTo(PromptFingerprint.laterHalf(other))
                .isEqualTo(PromptFingerprint.laterHalf(tail("What is a MONAD?")));
    }

    private long tail(String prompt) {
        return fingerprinter.fingerprint(prompt, null, null).tailHash();
    }

    private static String words(String word, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> word + i + " ")
                .collect(Collectors.joining());
    }
}
