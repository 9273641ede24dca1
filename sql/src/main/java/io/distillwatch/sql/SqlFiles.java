package io.distillwatch.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of {@code sql/} as they lie in the jar: what an analyst reads is what the catalog runs.
 */
public final class SqlFiles {

    private static final String ROOT = "io/distillwatch/sql/";

    private SqlFiles() {}

    /**
     * @param folder e.g. {@code queries} or {@code ddl/live}; its sub-folders are left out
     * @return names of the {@code .sql} files in it, in alphabetical order, e.g. {@code
     *     queries/open_campaigns.sql}; empty if there is no such folder
     */
    public static List<String> list(String folder) {
        URL init = resource("init.sql");
        try {
            URLConnection connection = init.openConnection();
            if (connection instanceof JarURLConnection jar) {
                return inJar(jar, folder);
            }
            return inDirectory(Path.of(new URI(init.toString())).resolveSibling(folder), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param name as {@link #list} gives it
     * @throws IllegalArgumentException if there is no such file
     */
    public static String read(String name) {
        try (InputStream in = resource(name).openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> inJar(JarURLConnection jar, String folder) throws IOException {
        String prefix = ROOT + folder + "/";
        // The connection's JarFile is shared with the class loader: not ours to close.
        return jar.getJarFile().stream()
                .map(entry -> entry.getName())
                .filter(
                        entry ->
                                entry.startsWith(prefix) && isSql(entry.substring(prefix.length())))
                .map(entry -> entry.substring(ROOT.length()))
                .sorted()
                .toList();
    }

    private static List<String> inDirectory(Path directory, String folder) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(SqlFiles::isSql)
                    .map(file -> folder + "/" + file)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isSql(String file) {
        return file.endsWith(".sql") && file.indexOf('/') < 0;
    }

    private static URL resource(String name) {
        URL url = SqlFiles.class.getResource("/" + ROOT + name);
        if (url == null) {
            throw new IllegalArgumentException("no file sql/" + name);
        }
        return url;
    }
}
