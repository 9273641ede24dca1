package io.distillwatch.workbench.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the logs that a user named, by file or by directory. */
final class InputFiles {

    private InputFiles() {}

    /**
     * The logs in the order they were named; those of a directory by name.
     *
     * @throws IOException with a sentence for the user when one does not exist or a directory has
     *     none
     */
    static List<Path> find(List<Path> named) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                files.addAll(logsIn(path));
            } else if (Files.isReadable(path)) {
                files.add(path);
            } else {
                throw new IOException(
                        path + (Files.exists(path) ? " is not readable" : " does not exist"));
            }
        }
        return files.stream().map(p -> p.toAbsolutePath().normalize()).distinct().toList();
    }

    /** Bytes on disk. */
    static long size(List<Path> files) throws IOException {
        long size = 0;
        for (Path file : files) {
            size += Files.size(file);
        }
        return size;
    }

    private static List<Path> logsIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> logs = files.filter(InputFiles::isLog).sorted().toList();
            if (logs.isEmpty()) {
                throw new IOException(directory + " holds no .jsonl or .jsonl.gz file");
            }
            return logs;
        }
    }

    private static boolean isLog(Path path) {
        String name = path.getFileName().toString();
        return Files.isRegularFile(path) && (name.endsWith(".jsonl") || name.endsWith(".jsonl.gz"));
    }
}
