package io.distillwatch.sql;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.gateway.api.operation.OperationHandle;
import org.apache.flink.table.gateway.api.session.SessionEnvironment;
import org.apache.flink.table.gateway.api.session.SessionHandle;
import org.apache.flink.table.gateway.rest.util.SqlGatewayRestAPIVersion;
import org.apache.flink.table.gateway.service.SqlGatewayServiceImpl;
import org.apache.flink.table.gateway.service.context.DefaultContext;
import org.apache.flink.table.gateway.service.session.SessionManager;

/**
 * An analyst's session in this JVM: Flink's own gateway service without the network, so that a
 * statement means here what it means over JDBC or in the SQL client. Begins with {@code init.sql}.
 *
 * <p>Not thread-safe.
 */
public final class SqlSession implements AutoCloseable {

    private final SessionManager sessions;
    private final SqlGatewayServiceImpl gateway;
    private final SessionHandle handle;

    private SqlSession(
            SessionManager sessions, SqlGatewayServiceImpl gateway, SessionHandle handle) {
        this.sessions = sessions;
        this.gateway = gateway;
        this.handle = handle;
    }

    /**
     * Opens a session.
     *
     * @param configuration where jobs run ({@code execution.target}, {@code rest.address}, {@code
     *     rest.port}) and the settings of the catalog ({@code distillwatch.*})
     * @throws SqlFailure if {@code init.sql} fails
     */
    public static SqlSession open(Configuration configuration) {
        SessionManager sessions =
                SessionManager.create(new DefaultContext(configuration, List.of()));
        sessions.start();
        SqlGatewayServiceImpl gateway = new SqlGatewayServiceImpl(sessions);
        SessionHandle handle =
                gateway.openSession(
                        SessionEnvironment.newBuilder()
                                .setSessionEndpointVersion(
                                        SqlGatewayRestAPIVersion.getDefaultVersion())
                                .addSessionConfig(configuration.toMap())
                                .build());
        SqlSession session = new SqlSession(sessions, gateway, handle);
        try {
            SqlScript.statements(SqlFiles.read("init.sql")).forEach(session::run);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
        return session;
    }

    /**
     * Runs one statement.
     *
     * @return its result, which is to be read or closed before the next statement
     * @throws SqlFailure in one sentence, if the statement is wrong or cannot be submitted
     */
    public SqlResult execute(String statement) {
        OperationHandle operation =
                gateway.executeStatement(handle, statement, 0L, new Configuration());
        return SqlResult.of(gateway, handle, operation);
    }

    /** Runs one statement and reads its result to the end. */
    public void run(String statement) {
        try (SqlResult result = execute(statement)) {
            while (result.hasNext()) {
                result.next();
            }
        }
    }

    /** The settings of the session, those of {@code SET} statements among them. */
    public Map<String, String> configuration() {
        return gateway.getSessionConfig(handle);
    }

    /** Names of the catalogs of the session. */
    public Set<String> catalogs() {
        return gateway.listCatalogs(handle);
    }

    @Override
    public void close() {
        gateway.closeSession(handle);
        sessions.stop();
    }
}
