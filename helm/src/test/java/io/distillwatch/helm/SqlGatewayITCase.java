package io.distillwatch.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.table.gateway.SqlGateway;
import org.apache.flink.table.gateway.service.context.DefaultContext;
import org.apache.flink.table.gateway.service.session.SessionManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway with the files that the chart mounts, and the script of {@code helm test} on it. */
class SqlGatewayITCase {

    @TempDir private static Path directory;
    private static List<Manifest> rendered;
    private static SqlGateway gateway;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        rendered = Chart.production().render();
        Path catalogs = Files.createDirectories(directory.resolve("catalogs"));
        Files.writeString(
                catalogs.resolve("distillwatch.yaml"),
                file("distillwatch-sql-gateway", "distillwatch.yaml"));
        Path secret = Files.writeString(directory.resolve("secret"), "of the test");
        Files.writeString(
                directory.resolve("config.yaml"), file("distillwatch-sql-gateway", "config.yaml"));
        Configuration settings = GlobalConfiguration.loadConfiguration(directory.toString());
        // What differs on a machine without mounts and beside other tests.
        port = Ports.free();
        settings.setString("table.catalog-store.file.path", catalogs.toUri().toString());
        settings.setString("distillwatch.fingerprint.secret-file", secret.toString());
        settings.setString("sql-gateway.endpoint.rest.address", "127.0.0.1");
        settings.setString("sql-gateway.endpoint.rest.bind-address", "127.0.0.1");
        settings.setString("sql-gateway.endpoint.rest.port", String.valueOf(port));
        gateway =
                new SqlGateway(
                        settings, SessionManager.create(new DefaultContext(settings, List.of())));
        gateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.stop();
    }

    @Test
    void helmTestFindsTheTables() throws Exception {
        Tool.Result result = check(environment().get("TABLES"));

        assertThat(result.code()).as(result.output()).isZero();
        assertThat(result.output()).contains("init.sql ran; tables: llm_exchanges");
    }

    @Test
    void andMissesOneThatIsNotThere() throws Exception {
        Tool.Result result = check("llm_exchanges no_such_table");

        assertThat(result.code()).isNotZero();
        assertThat(result.output()).contains("table no_such_table is missing");
    }

    private static Tool.Result check(String tables) throws Exception {
        Path script = directory.resolve("check-sql.sh");
        Files.writeString(script, file("distillwatch-tools", "check-sql.sh"));
        Path init = directory.resolve("init.sql");
        Files.writeString(init, file("distillwatch-sql-files", "init.sql"));
        return Tool.run(
                directory,
                Map.of(
                        "GATEWAY_URL",
                        "http://127.0.0.1:" + port,
                        "INIT_SQL",
                        init.toString(),
                        "TABLES",
                        tables),
                "bash",
                script.toString());
    }

    /** Of the test's pod. */
    private static Map<String, String> environment() {
        Manifest pod = manifest("Pod/distillwatch-test-sql");
        Map<String, String> environment = new java.util.HashMap<>();
        pod.at("/spec/containers/0/env")
                .forEach(
                        each ->
                                environment.put(
                                        each.path("name").asText(), each.path("value").asText()));
        return environment;
    }

    private static String file(String configMap, String key) {
        return Manifest.strings(manifest("ConfigMap/" + configMap).at("/data")).get(key);
    }

    private static Manifest manifest(String title) {
        return rendered.stream()
                .filter(manifest -> manifest.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + title));
    }
}
