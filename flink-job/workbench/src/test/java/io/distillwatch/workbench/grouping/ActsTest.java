package io.distillwatch.workbench.grouping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActsTest {

    private static final String HEADER = "account,target,time\n";

    @TempDir private Path directory;

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("acts.csv"), content);
    }

    @Test
    void actsAreReadInOrderOfTimeWhateverTheOrderOfColumns() throws IOException {
        Path file =
                file(
                        "time,extra,target,account\r\n"
                                + "1970-01-01T00:00:02Z,x,t,late\r\n\r\n"
                                + "1970-01-01T01:00:01+01:00,,t,early\r\n");

        assertThat(Acts.read(file))
                .containsExactly(new Act("early", "t", 1_000), new Act("late", "t", 2_000));
    }

    @Test
    void aCompressedFileIsReadAsThePlainOne() throws IOException {
        Path file = directory.resolve("acts.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((HEADER + "a,t,1970-01-01T00:00:02Z").getBytes(StandardCharsets.UTF_8));
        }

        assertThat(Acts.read(file)).containsExactly(new Act("a", "t", 2_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,t,yesterday                     | has time 'yesterday'; expected is e.g. 2026",
                "a,t,2026-06-01T12:34:56           | has time '2026-06-01T12:34:56'; expected",
                "a,t                               | has 2 cells; expected are 3",
                "' ,t,2026-06-01T12:34:56Z'        | has no account",
                "a,,2026-06-01T12:34:56Z           | has no target",
                "\"a\",t,2026-06-01T12:34:56Z      | has a quote; expected are plain cells"
            })
    void aWrongLineIsNamedWithWhatIsExpected(String line, String what) throws IOException {
        Path file = file(HEADER + "a,t,2026-06-01T12:34:56Z\n" + line + "\n");

        assertThatThrownBy(() -> Acts.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ", line 3: " + what);
    }

    @Test
    void aMissingColumnIsNamed() throws IOException {
        Path file = file("account,time\na,2026-06-01T12:34:56Z\n");

        assertThatThrownBy(() -> Acts.read(file))
                .hasMessage(
                        file
                                + ", line 1: names no column 'target';"
                                + " expected is a header account,target,time");
    }

    @Test
    void aFileThatIsNoneOrEmptyOrNotCompressedIsNamed() throws IOException {
        Path absent = directory.resolve("absent.csv");
        Path empty = file(HEADER);
        Path plain = Files.writeString(directory.resolve("plain.csv.gz"), HEADER);

        assertThatThrownBy(() -> Acts.read(absent)).hasMessage(absent + ": no such file");
        assertThatThrownBy(() -> Acts.read(empty)).hasMessageStartingWith(empty + ": no acts");
        assertThatThrownBy(() -> Acts.read(plain))
                .hasMessage(plain + " cannot be read: Not in GZIP format");
    }
}
