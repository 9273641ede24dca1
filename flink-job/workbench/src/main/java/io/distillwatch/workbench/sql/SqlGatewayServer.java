package io.distillwatch.workbench.sql;

import io.distillwatch.sql.SqlFiles;
import io.distillwatch.sql.SqlScript;
import io.distillwatch.workbench.local.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.gateway.SqlGateway;
import org.apache.flink.table.gateway.service.context.DefaultContext;
import org.apache.flink.table.gateway.service.session.SessionManager;

/**
 * Flink's SQL gateway in this process, on this machine's loopback only, since it knows no users.
 * The catalog is in its catalog store and the settings of {@code init.sql} are its defaults, so
 * that a JDBC session needs neither.
 */
final class SqlGatewayServer implements AutoCloseable {

    private static final Pattern SET = Pattern.compile("SET '([^']+)' = '([^']*)'");

    private final SqlGateway gateway;
    private final int port;
    private final Path store;

    private SqlGatewayServer(SqlGateway gateway, int port, Path store) {
        this.gateway = gateway;
        this.port = port;
        this.store = store;
    }

    static SqlGatewayServer start(Configuration host, int wantedPort) throws Exception {
        int port = wantedPort == 0 ? Ports.any() : wantedPort;
        Configuration configuration = new Configuration(host);
        for (String statement : SqlScript.statements(SqlFiles.read("init.sql"))) {
            Matcher set = SET.matcher(statement);
            if (set.find() && !configuration.containsKey(set.group(1))) {
                configuration.setString(set.group(1), set.group(2));
            }
        }
        Path store = catalogStore();
        configuration.setString("table.catalog-store.kind", "file");
        configuration.setString("table.catalog-store.file.path", store.toUri().toString());
        configuration.setString("sql-gateway.endpoint.rest.address", "127.0.0.1");
        configuration.setString("sql-gateway.endpoint.rest.bind-address", "127.0.0.1");
        configuration.setString("sql-gateway.endpoint.rest.port", String.valueOf(port));
        configuration.setString("sql-gateway.endpoint.rest.bind-port", String.valueOf(port));
        SqlGateway gateway =
                new SqlGateway(
                        configuration,
                        SessionManager.create(new DefaultContext(configuration, List.of())));
        gateway.start();
        return new SqlGatewayServer(gateway, port, store);
    }

    private static Path catalogStore() throws IOException {
        Path store = Files.createTempDirectory("distillwatch-catalogs");
        Files.writeString(store.resolve("distillwatch.yaml"), "type: distillwatch\n");
        return store;
    }

    int port() {
        return port;
    }

    String jdbcUrl() {
        return "jdbc:flink://localhost:" + port + "/distillwatch/now";
    }

    @Override
    public void close() throws IOException {
        gateway.stop();
        Files.deleteIfExists(store.resolve("distillwatch.yaml"));
        Files.deleteIfExists(store);
    }
}
