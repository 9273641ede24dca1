package io.distillwatch.sql;

import io.distillwatch.sql.function.SettingsFunctionFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogBaseTable;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.factories.FunctionDefinitionFactory;

/**
 * Every topic as a table, the views over them and the detector's functions, without a line of DDL
 * typed by the analyst. Nothing is stored: each time the catalog opens, it runs the files of {@code
 * sql/functions}, {@code sql/ddl} and {@code sql/views} and adds the connection.
 *
 * <p>It has the same names in two databases, so that one query text serves both:
 *
 * <ul>
 *   <li>{@code now}: each topic as far as it reached when the query began; campaigns, members and
 *       metrics by their last record. Queries end; made for batch mode.
 *   <li>{@code live}: topics go on; campaigns, members and metrics are upsert tables. Queries go on
 *       until they are stopped; streaming mode.
 * </ul>
 *
 * <p>Tables that an analyst creates beside these live as long as the session.
 */
final class DistillwatchCatalog extends GenericInMemoryCatalog {

    static final String NOW = "now";
    static final String LIVE = "live";

    private final SqlSettings settings;
    private final ClassLoader classLoader;

    DistillwatchCatalog(String name, SqlSettings settings, ClassLoader classLoader) {
        super(name, NOW);
        this.settings = settings;
        this.classLoader = classLoader;
    }

    /** The files that fill one database, in the order in which they build on each other. */
    static List<String> definitions(String database) {
        List<String> files = new ArrayList<>(SqlFiles.list("functions"));
        files.addAll(SqlFiles.list("ddl"));
        files.addAll(SqlFiles.list("ddl/" + database));
        files.addAll(SqlFiles.list("views"));
        return files;
    }

    @Override
    public void open() throws CatalogException {
        super.open();
        // Only a planner can read DDL: one with nothing in it but this catalog's names.
        TableEnvironment env =
                TableEnvironment.create(
                        EnvironmentSettings.newInstance()
                                .inStreamingMode()
                                .withBuiltInCatalogName(getName())
                                .withBuiltInDatabaseName(NOW)
                                .withClassLoader(classLoader)
                                .build());
        env.executeSql("CREATE DATABASE " + LIVE);
        Catalog defined = env.getCatalog(getName()).orElseThrow();
        try {
            createDatabase(LIVE, defined.getDatabase(LIVE), false);
            for (String database : List.of(NOW, LIVE)) {
                env.useDatabase(database);
                TopicOptions topics = new TopicOptions(settings, database.equals(NOW));
                for (String file : definitions(database)) {
                    run(file, env);
                    // At once: the planner opens the source of each table that a view reads.
                    connect(defined, database, topics);
                }
                copy(defined, database);
            }
        } catch (CatalogException e) {
            throw e;
        } catch (Exception e) {
            throw new CatalogException("cannot set up the catalog " + getName(), e);
        }
    }

    /** Gives functions the job's secret and prefix lengths. */
    @Override
    public Optional<FunctionDefinitionFactory> getFunctionDefinitionFactory() {
        return Optional.of(new SettingsFunctionFactory(settings.intake()));
    }

    private static void run(String file, TableEnvironment env) {
        try {
            SqlScript.statements(SqlFiles.read(file)).forEach(env::executeSql);
        } catch (RuntimeException e) {
            throw new CatalogException("sql/" + file + ": " + SqlFailure.line(e), e);
        }
    }

    private static void connect(Catalog defined, String database, TopicOptions topics)
            throws Exception {
        for (String name : defined.listTables(database)) {
            ObjectPath path = new ObjectPath(database, name);
            if (defined.getTable(path) instanceof ResolvedCatalogTable table) {
                defined.alterTable(path, table.copy(topics.complete(table.getOptions())), false);
            }
        }
    }

    private void copy(Catalog defined, String database) throws Exception {
        for (String name : defined.listTables(database)) {
            ObjectPath path = new ObjectPath(database, name);
            createTable(path, declared(defined.getTable(path)), false);
        }
        for (String name : defined.listFunctions(database)) {
            ObjectPath path = new ObjectPath(database, name);
            createFunction(path, defined.getFunction(path), false);
        }
    }

    /**
     * The table as its file declares it: each session resolves it anew, since time attributes are
     * none in batch mode.
     */
    private static CatalogBaseTable declared(CatalogBaseTable table) {
        return table instanceof ResolvedCatalogBaseTable<?> resolved ? resolved.getOrigin() : table;
    }
}
