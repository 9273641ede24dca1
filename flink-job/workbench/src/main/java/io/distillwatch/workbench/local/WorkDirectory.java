package io.distillwatch.workbench.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory under the system's temporary one that does not outlive its owner. When the owner is
 * killed, the next one to make such a directory deletes it: a lock, which the system takes from a
 * dead process, tells that nobody has it any more.
 */
public final class WorkDirectory implements AutoCloseable {

    private static final String LOCK = "distillwatch.lock";

    /* A process that looks at its own lock loses it (POSIX). */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private WorkDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes one whose name starts so; {@code java.io.tmpdir} says where. */
    public static WorkDirectory create(String prefix) throws IOException {
        Path path = Files.createTempDirectory(prefix);
        OWN.add(path);
        deleteAbandoned(path.getParent(), prefix);
        // Locked before it gets its name, or another process could find it unlocked.
        Path unnamed = Files.createTempFile(path, LOCK, null);
        FileChannel lock = FileChannel.open(unnamed, StandardOpenOption.WRITE);
        lock.lock();
        Files.move(unnamed, path.resolve(LOCK));
        return new WorkDirectory(path, lock);
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    private static void deleteAbandoned(Path parent, String prefix) {
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path sibling : siblings) {
                if (!OWN.contains(sibling) && isAbandoned(sibling)) {
                    delete(sibling);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // What cannot be deleted takes room, but is in nobody's way.
        }
    }

    private static boolean isAbandoned(Path directory) {
        try (FileChannel other =
                        FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock taken = other.tryLock()) {
            return taken != null;
        } catch (IOException | OverlappingFileLockException e) {
            // Not one of ours, or somebody else's who may not be disturbed, or another thread is
            // looking at it.
            return false;
        }
    }

    /** Deletes it with all that is in it; what vanishes meanwhile is no error. */
    @Override
    public void close() throws IOException {
        lock.close();
        delete(path);
        OWN.remove(path);
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        if (e instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw e;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path visited, IOException e)
                            throws IOException {
                        Files.deleteIfExists(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
