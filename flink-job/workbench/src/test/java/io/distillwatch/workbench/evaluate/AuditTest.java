package io.distillwatch.workbench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {

    private static final int LINES = 40;

    @TempDir private Path directory;

    private Path log;

    /** Four accounts in turn; account n has address 10.0.n.1. */
    @BeforeEach
    void write() throws IOException {
        log = directory.resolve("plain");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            lines.append(
                    String.format(
                            "{\"exchange_id\":\"x%d\",\"event_time\":\"2026-06-01T00:%02d:00.000Z\","
                                    + "\"account_id\":\"a%d\",\"client_ip\":\"10.0.%d.1\","
                                    + "\"system_prompt\":\"s\",\"prompt\":\"p%d é\"}%n",
                            i, i, i % 4, i % 4, i));
        }
        Files.writeString(log, lines.toString().replace("\r", ""));
    }

    private List<JsonNode> audited(Audit audit) throws IOException {
        Path to = directory.resolve("audited");
        audit.rewrite(log, to, 1);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(to)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines).hasSize(LINES);
        assertThat(texts(lines, "event_time")).isSorted();
        return lines;
    }

    private static List<String> texts(List<JsonNode> lines, String field) {
        return lines.stream().map(line -> line.path(field).asText()).toList();
    }

    private List<JsonNode> plain() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    @Test
    void shuffledTimesKeepEachAccountsTimes() throws IOException {
        List<JsonNode> audited = audited(Audit.SHUFFLED_TIMES);

        // accounts take turns in the log, and every account kept its own times
        assertThat(texts(audited, "account_id")).isEqualTo(texts(plain(), "account_id"));
        assertThat(texts(audited, "event_time")).isEqualTo(texts(plain(), "event_time"));
        assertThat(texts(audited, "exchange_id"))
                .isNotEqualTo(texts(plain(), "exchange_id"))
                .containsExactlyInAnyOrderElementsOf(texts(plain(), "exchange_id"));
    }

    @Test
    void permutedAddressesMoveFromAccountToAccount() throws IOException {
        List<JsonNode> audited = audited(Audit.PERMUTED_ADDRESSES);

        assertThat(texts(audited, "client_ip"))
                .isNotEqualTo(texts(plain(), "client_ip"))
                .containsExactlyInAnyOrderElementsOf(texts(plain(), "client_ip"));
        assertThat(audited.get(0).get("client_ip")).isEqualTo(audited.get(4).get("client_ip"));
    }

    @Test
    void swappedTextsKeepTheRest() throws IOException {
        List<JsonNode> audited = audited(Audit.SWAPPED_TEXTS);

        assertThat(texts(audited, "account_id")).isEqualTo(texts(plain(), "account_id"));
        assertThat(texts(audited, "prompt"))
                .isNotEqualTo(texts(plain(), "prompt"))
                .containsExactlyInAnyOrderElementsOf(texts(plain(), "prompt"));
    }

    @Test
    void noSystemPromptIsLeft() throws IOException {
        assertThat(audited(Audit.NO_SYSTEM_PROMPTS))
                .noneMatch(line -> line.has("system_prompt"))
                .allMatch(line -> line.has("prompt"));
    }
}
