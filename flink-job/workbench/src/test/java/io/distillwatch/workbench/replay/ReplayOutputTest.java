package io.distillwatch.workbench.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distillwatch.output.OutputRecord;
import io.distillwatch.output.OutputTopic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayOutputTest {

    @TempDir private Path directory;

    @Test
    void putsPartsInOrderOfTimeThenKey() throws IOException {
        ReplayOutput output = ReplayOutput.prepare(directory, false);
        part(OutputTopic.CAMPAIGNS, 0, "5:b:1", "5:a:2", "7:c:3", "7:c:4");
        part(OutputTopic.CAMPAIGNS, 1, "4:z:5", "5:aa:6", "9:a:7");
        ReplayOutput.Written written = output.complete().get(OutputTopic.CAMPAIGNS);
        assertThat(Files.readAllLines(directory.resolve("distillation-campaigns.jsonl")))
                .containsExactly("5", "2", "6", "1", "3", "4", "7");
        assertThat(written).isEqualTo(new ReplayOutput.Written(7, 5));
    }

    @Test
    void leavesAFileForEveryTopicAndNoParts() throws IOException {
        ReplayOutput.prepare(directory, false).complete();
        try (var files = Files.list(directory)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "account-metrics.jsonl",
                            "prefix-metrics.jsonl",
                            "distillation-campaigns.jsonl",
                            "distillation-campaign-members.jsonl",
                            "exchanges-dead-letter.jsonl",
                            "exchanges-late.jsonl");
        }
    }

    @Test
    void refusesADirectoryThatIsNotEmpty() throws IOException {
        Files.writeString(directory.resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> ReplayOutput.prepare(directory, false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--overwrite");
    }

    @Test
    void overwritesResultsAndNothingElse() throws IOException {
        Files.writeString(directory.resolve("notes.txt"), "mine");
        Files.writeString(directory.resolve(ReplayOutput.SUMMARY), "{}");
        Files.writeString(directory.resolve("exchanges-late.jsonl"), "old\n");
        ReplayOutput.prepare(directory, true);
        assertThat(directory.resolve("notes.txt")).exists();
        assertThat(directory.resolve(ReplayOutput.SUMMARY)).doesNotExist();
        assertThat(directory.resolve("exchanges-late.jsonl")).doesNotExist();
    }

    @Test
    void refusesAFileInPlaceOfTheDirectory() throws IOException {
        Path file = Files.writeString(directory.resolve("results"), "");
        assertThatThrownBy(() -> ReplayOutput.prepare(file, true))
                .hasMessageContaining("is a file");
    }

    private void part(OutputTopic topic, int subtask, String... records) throws IOException {
        Path path = directory.resolve(".parts").resolve(PartFile.name(topic, subtask));
        try (PartFile.Writer writer = new PartFile.Writer(path)) {
            for (String record : records) {
                String[] fields = record.split(":", -1);
                writer.write(
                        new OutputRecord(
                                fields[1].getBytes(StandardCharsets.UTF_8),
                                fields[2].getBytes(StandardCharsets.UTF_8),
                                Long.parseLong(fields[0])));
            }
            writer.end();
        }
    }
}
