package io.distillwatch.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A copy of the chart whose hooks are ordinary objects: Helm in the JVM leaves hooks out of what it
 * renders. Their annotations get their names back in the text; {@code Helm4ITCase} compares the
 * result with what a real binary renders.
 */
final class Unhooked {

    private static final String HOOK = "\"helm.sh/hook";
    private static final String MARK = "unhooked.helm.sh/hook";
    private static final Path COPY = copy();

    private Unhooked() {}

    static Path directory() {
        return COPY;
    }

    static String restore(String rendered) {
        return rendered.replace(MARK, HOOK.substring(1));
    }

    private static Path copy() {
        Path target =
                Path.of("target", "unhooked-" + ProcessHandle.current().pid()).toAbsolutePath();
        // files/sql is a link to the sql module; the packaged chart holds its files.
        try (Stream<Path> files = Files.walk(Chart.DIRECTORY, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = Chart.DIRECTORY.relativize(file);
                if ((relative.startsWith("files/sql") && !file.toString().endsWith(".sql"))
                        || relative.startsWith("files/sql/src")
                        || relative.startsWith("files/sql/target")) {
                    continue;
                }
                Path copied = target.resolve(relative);
                Files.createDirectories(copied.getParent());
                Files.writeString(copied, Files.readString(file).replace(HOOK, "\"" + MARK));
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
