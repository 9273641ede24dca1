package io.distillwatch.workbench.replay;

import io.distillwatch.output.OutputRecord;
import io.distillwatch.output.OutputSinks;
import io.distillwatch.output.OutputTopic;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory that a replay writes. Until the run has ended well it holds part files only; {@code
 * summary.json} comes last, so a directory without one is not a result.
 */
public final class ReplayOutput {

    /** The file whose presence says that the rest is complete. */
    public static final String SUMMARY = "summary.json";

    private static final String PARTS = ".parts";

    private final Path directory;
    private final Path parts;

    private ReplayOutput(Path directory) {
        this.directory = directory;
        this.parts = directory.resolve(PARTS);
    }

    /**
     * Makes the directory ready.
     *
     * @param overwrite whether results of an earlier run may be removed; other files never are
     * @throws IOException with a sentence for the user when the directory is not empty or not a
     *     directory
     */
    public static ReplayOutput prepare(Path directory, boolean overwrite) throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new IOException(directory + " is a file; name a directory for the results");
        }
        Files.createDirectories(directory);
        if (!overwrite) {
            try (DirectoryStream<Path> any = Files.newDirectoryStream(directory)) {
                if (any.iterator().hasNext()) {
                    throw new IOException(
                            directory
                                    + " is not empty; name another directory, or give --overwrite"
                                    + " to replace the results in it");
                }
            }
        }
        ReplayOutput output = new ReplayOutput(directory);
        Files.deleteIfExists(directory.resolve(SUMMARY));
        for (OutputTopic topic : OutputTopic.values()) {
            Files.deleteIfExists(output.file(topic));
        }
        output.removeParts();
        Files.createDirectories(output.parts);
        return output;
    }

    /** The sinks for the topology. */
    public OutputSinks sinks() {
        return topic -> new JsonLinesSink(topic, parts);
    }

    /**
     * What was written of one topic.
     *
     * @param records lines of the file
     * @param keys different keys among them; counted for campaigns only, 0 for the rest
     */
    public record Written(long records, int keys) {}

    /** Merges the parts into the files of the contract. */
    public Map<OutputTopic, Written> complete() throws IOException {
        Map<OutputTopic, Written> written = new EnumMap<>(OutputTopic.class);
        for (OutputTopic topic : OutputTopic.values()) {
            written.put(topic, merge(topic));
        }
        removeParts();
        return written;
    }

    /** Writes the last file. */
    public void summarise(byte[] json) throws IOException {
        Path temporary = directory.resolve(SUMMARY + ".new");
        Files.write(temporary, json);
        Files.move(temporary, directory.resolve(SUMMARY), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(OutputTopic topic) {
        return directory.resolve(topic.topicName() + ".jsonl");
    }

    private Written merge(OutputTopic topic) throws IOException {
        List<PartFile.Reader> readers = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        long records = 0;
        PriorityQueue<PartFile.Reader> heads =
                new PriorityQueue<>(Comparator.comparing(PartFile.Reader::head, PartFile.ORDER));
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(file(topic)), 1 << 18)) {
            for (int subtask = 0; ; subtask++) {
                Path part = parts.resolve(PartFile.name(topic, subtask));
                if (!Files.exists(part)) {
                    break;
                }
                PartFile.Reader reader = new PartFile.Reader(part);
                readers.add(reader);
                if (reader.advance()) {
                    heads.add(reader);
                }
            }
            while (!heads.isEmpty()) {
                PartFile.Reader reader = heads.poll();
                OutputRecord record = reader.head();
                out.write(record.value());
                out.write('\n');
                records++;
                if (topic == OutputTopic.CAMPAIGNS) {
                    keys.add(new String(record.key(), StandardCharsets.UTF_8));
                }
                if (reader.advance()) {
                    heads.add(reader);
                }
            }
        } finally {
            for (PartFile.Reader reader : readers) {
                reader.close();
            }
        }
        return new Written(records, keys.size());
    }

    private void removeParts() throws IOException {
        if (!Files.isDirectory(parts)) {
            return;
        }
        try (Stream<Path> files = Files.list(parts)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(parts);
    }
}
