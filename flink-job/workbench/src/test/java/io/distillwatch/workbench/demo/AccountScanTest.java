package io.distillwatch.workbench.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class AccountScanTest {

    @Test
    void findsTheAccountAndNotWhatAPromptSays() {
        assertThat(
                        find(
                                "{\"prompt\":\"say \\\"account_id\\\":\\\"x\\\"\",\"account_id\":\"acct-7\"}"))
                .isEqualTo("acct-7");
    }

    @Test
    void missesNothingSilently() {
        assertThatThrownBy(() -> find("{\"prompt\":\"hello\"}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String find(String line) {
        return new String(
                AccountScan.find(line.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
