package io.distillwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SystemPromptMemoTest {

    private static final SystemPromptMemo.Entry ENTRY =
            new SystemPromptMemo.Entry(1, 0, new long[] {4});

    @Test
    void holdsNoMoreThanItsBytesHoweverLongThePrompts() {
        SystemPromptMemo memo = new SystemPromptMemo();
        for (int i = 0; i < 256; i++) {
            memo.put(i + "x".repeat(1_000_000), ENTRY);

            assertThat(memo.bytes()).isLessThanOrEqualTo(SystemPromptMemo.MAX_BYTES);
        }
        assertThat(memo.get("255" + "x".repeat(1_000_000))).isSameAs(ENTRY);
        assertThat(memo.get("0" + "x".repeat(1_000_000))).isNull();
    }

    @Test
    void forgetsWhatWasAskedForLongestAgo() {
        SystemPromptMemo memo = new SystemPromptMemo();
        memo.put("app", ENTRY);
        for (int i = 0; i < 20; i++) {
            memo.put(i + "x".repeat(1_000_000), ENTRY);
            assertThat(memo.get("app")).isSameAs(ENTRY);
        }
        for (int i = 20; i < 30; i++) {
            memo.put(i + "x".repeat(1_000_000), ENTRY);
        }
        assertThat(memo.get("app")).isNull();
    }

    @Test
    void aPromptPutTwiceCountsOnce() {
        SystemPromptMemo memo = new SystemPromptMemo();
        memo.put("app", ENTRY);
        long once = memo.bytes();
        memo.put("app", ENTRY);

        assertThat(memo.bytes()).isEqualTo(once);
    }
}
