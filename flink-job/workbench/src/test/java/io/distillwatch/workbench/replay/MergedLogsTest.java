package io.distillwatch.workbench.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MergedLogsTest {

    private static final Instant START = Instant.parse("2026-04-22T00:00:00Z");

    @TempDir private Path directory;

    @Test
    void putsParallelPartitionsInOrder() throws IOException {
        Path even = log("even", IntStream.range(0, 500).map(i -> 2 * i).toArray());
        Path odd = log("odd", IntStream.range(0, 500).map(i -> 2 * i + 1).toArray());
        assertThat(seconds(even, odd))
                .containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void readsADenseAndASparsePartitionTogether() throws IOException {
        Path dense = log("dense", IntStream.range(0, 20_000).toArray());
        Path sparse = log("sparse", IntStream.range(0, 20).map(i -> i * 1_000).toArray());
        assertThat(seconds(dense, sparse)).hasSize(20_020).isSorted();
    }

    @Test
    void readsConsecutiveDaysOneAfterAnother() throws IOException {
        Path first = log("2026-04-22", 0, 40_000, 80_000);
        Path second = log("2026-04-23", 90_000, 100_000, 170_000);
        assertThat(seconds(second, first))
                .containsExactly(0, 40_000, 80_000, 90_000, 100_000, 170_000);
    }

    @Test
    void letsTheEarlierFileGoFirstAtEqualTimes() throws IOException {
        Path a = log("a", 1, 1, 2);
        Path b = log("b", 1, 2, 2);
        assertThat(names(a, b)).containsExactly("a", "a", "b", "a", "b", "b");
        assertThat(names(b, a)).containsExactly("b", "a", "a", "b", "b", "a");
    }

    @Test
    void doesNotWaitForALineDatedFarAhead() throws IOException {
        int[] times = IntStream.range(0, 100).toArray();
        times[50] = 2_000_000_000;
        Path wrong = log("wrong", times);
        Path right = log("right", IntStream.range(0, 100).toArray());
        List<Integer> merged = seconds(wrong, right);
        int at = merged.indexOf(2_000_000_000);
        assertThat(at).isBetween(90, 110);
        merged.remove(at);
        assertThat(merged).hasSize(199).isSorted();
    }

    @Test
    void readsNothingFromEmptyFiles() throws IOException {
        assertThat(seconds(log("a"), log("b"))).isEmpty();
    }

    private Path log(String name, int... seconds) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int second : seconds) {
            text.append("{\"event_time\":\"").append(START.plusSeconds(second)).append("\"}\n");
        }
        return Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
    }

    private static List<Integer> seconds(Path... files) throws IOException {
        List<Integer> seconds = new ArrayList<>();
        try (MergedLogs logs = new MergedLogs(List.of(files), 1_000, 600_000)) {
            for (LogFile log = logs.next(); log != null; log = logs.next()) {
                seconds.add((int) ((log.line().eventTime - START.toEpochMilli()) / 1_000));
            }
        }
        return seconds;
    }

    private static List<String> names(Path... files) throws IOException {
        List<String> names = new ArrayList<>();
        try (MergedLogs logs = new MergedLogs(List.of(files), 1_000, 600_000)) {
            for (LogFile log = logs.next(); log != null; log = logs.next()) {
                names.add(log.name());
            }
        }
        return names;
    }
}
