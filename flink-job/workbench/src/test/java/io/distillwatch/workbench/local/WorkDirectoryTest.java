package io.distillwatch.workbench.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WorkDirectoryTest {

    private final String prefix = "distillwatch-test-" + UUID.randomUUID() + "-";

    @Test
    void isGoneWithAllThatIsInItWhenItIsClosed() throws IOException {
        Path path;
        try (WorkDirectory work = WorkDirectory.create(prefix)) {
            path = work.path();
            Files.createDirectories(path.resolve("a/b"));
            Files.writeString(path.resolve("a/b/c"), "text");
        }

        assertThat(path).doesNotExist();
    }

    @Test
    void whatAKilledProcessLeftIsDeletedByTheNext() throws Exception {
        Process owner = owner();
        Path left = Path.of(firstLine(owner));
        try (WorkDirectory own = WorkDirectory.create(prefix);
                WorkDirectory another = WorkDirectory.create(prefix)) {
            assertThat(left).as("of a process that lives").isDirectory();
            assertThat(own.path()).as("of this process").isDirectory();
            assertThat(another.path()).isDirectory();
        }
        owner.destroyForcibly().waitFor();
        assertThat(left).isDirectory();

        WorkDirectory.create(prefix).close();

        assertThat(left).doesNotExist();
    }

    @Test
    void whatAnotherThreadIsLookingAtIsLeftToIt() throws Exception {
        Process owner = owner();
        Path left = Path.of(firstLine(owner));
        owner.destroyForcibly().waitFor();
        try (FileChannel looking =
                FileChannel.open(left.resolve("distillwatch.lock"), StandardOpenOption.WRITE)) {
            looking.lock();

            WorkDirectory.create(prefix).close();

            assertThat(left).isDirectory();
        }
        WorkDirectory.create(prefix).close();
        assertThat(left).doesNotExist();
    }

    @Test
    void aDirectoryThatOnlyHasSuchANameStays() throws IOException {
        Path strange = Files.createTempDirectory(prefix);

        WorkDirectory.create(prefix).close();

        assertThat(strange).isDirectory();
        Files.delete(strange);
    }

    private Process owner() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        prefix)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String firstLine(Process process) throws IOException {
        return new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
    }

    /** Makes a directory, says where, and keeps it until it is killed, or the test is. */
    static final class Owner {

        public static void main(String[] args) throws Exception {
            System.out.println(WorkDirectory.create(args[0]).path());
            while (System.in.read() >= 0) {
                continue;
            }
        }
    }
}
