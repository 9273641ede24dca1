package io.distillwatch.workbench.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LineReaderTest {

    @TempDir private Path directory;

    @Test
    void readsLinesOfAnyLengthPlainAndCompressed() throws IOException {
        long seed = 21;
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            lines.add("x".repeat(1 + random.nextInt(i % 40 == 0 ? 200_000 : 900)));
        }
        byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        assertThat(read(file("log.jsonl", text))).as("seed %d", seed).isEqualTo(lines);
        assertThat(read(file("log.jsonl.gz", gzip(text)))).as("seed %d", seed).isEqualTo(lines);
    }

    @Test
    void readsGzipMembersOneAfterAnother() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(gzip("a\nb\n".getBytes(StandardCharsets.UTF_8)));
        both.write(gzip("c\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(read(file("log.jsonl.gz", both.toByteArray()))).containsExactly("a", "b", "c");
    }

    @Test
    void countsBlankLinesButDoesNotGiveThem() throws IOException {
        Path path = file("log.jsonl", "a\n\n  \nb\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        Line line = new Line();
        try (LineReader reader = new LineReader(path, 100)) {
            assertThat(reader.read(line)).isTrue();
            assertThat(line.number).isEqualTo(1);
            assertThat(reader.read(line)).isTrue();
            assertThat(line.number).isEqualTo(4);
            assertThat(new String(line.copy(), StandardCharsets.UTF_8)).isEqualTo("b");
            assertThat(reader.read(line)).isFalse();
        }
    }

    @Test
    void dropsAByteOrderMark() throws IOException {
        assertThat(read(file("log.jsonl", "\uFEFFa\nb".getBytes(StandardCharsets.UTF_8))))
                .containsExactly("a", "b");
    }

    @Test
    void keepsOneByteMoreThanTheLimitOfALongLine() throws IOException {
        Path path =
                file("log.jsonl", ("y".repeat(500_000) + "\nz").getBytes(StandardCharsets.UTF_8));
        Line line = new Line();
        try (LineReader reader = new LineReader(path, 100)) {
            reader.read(line);
            assertThat(line.length).isEqualTo(101);
            reader.read(line);
            assertThat(new String(line.copy(), StandardCharsets.UTF_8)).isEqualTo("z");
        }
    }

    @Test
    void saysWhichFileIsCutOff() throws IOException {
        byte[] whole = gzip("a\n".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        Path path = file("log.jsonl.gz", Arrays.copyOf(whole, whole.length - 10));
        assertThatThrownBy(() -> read(path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("log.jsonl.gz")
                .hasMessageContaining("ends in the middle");
    }

    @Test
    void saysWhichFileIsNotCompressed() throws IOException {
        Path path = file("log.jsonl.gz", "plain".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> read(path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("log.jsonl.gz is not a sound gzip file");
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static List<String> read(Path path) throws IOException {
        List<String> lines = new ArrayList<>();
        Line line = new Line();
        try (LineReader reader = new LineReader(path, 1 << 20)) {
            while (reader.read(line)) {
                lines.add(new String(line.copy(), StandardCharsets.UTF_8));
            }
        }
        return lines;
    }
}
