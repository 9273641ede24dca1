package io.distillwatch.workbench.sql;

import io.distillwatch.sql.SqlFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Flink's SQL client on this terminal. In a process of its own, because it ends with the process it
 * runs in, and finds its configuration only by an environment variable.
 */
final class SqlClientProcess {

    private SqlClientProcess() {}

    static int run(int gatewayPort) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("distillwatch-sql-client");
        try {
            Files.writeString(directory.resolve("config.yaml"), "");
            Path init = Files.writeString(directory.resolve("init.sql"), SqlFiles.read("init.sql"));
            ProcessBuilder client = new ProcessBuilder(command(gatewayPort, init)).inheritIO();
            client.environment().put("FLINK_CONF_DIR", directory.toString());
            return client.start().waitFor();
        } finally {
            for (String file : List.of("config.yaml", "init.sql")) {
                Files.deleteIfExists(directory.resolve(file));
            }
            Files.deleteIfExists(directory);
        }
    }

    static List<String> command(int gatewayPort, Path init) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.apache.flink.table.client.SqlClient",
                "gateway",
                "-e",
                "localhost:" + gatewayPort,
                "-i",
                init.toString());
    }
}
