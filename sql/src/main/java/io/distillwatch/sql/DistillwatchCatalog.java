package io.distillwatch.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.factories.FunctionDefinitionFactory;

/**
 * Every topic as a table, the views over them and the detector's functions, without a line of DDL
 * typed by the analyst. Nothing is stored: each time the catalog opens, it runs the files of {@code
 * sql/ddl}, {@code sql/functions} and {@code sql/views} and adds the connection.
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

    /** The statements that fill one database, in the order in which they build on each other. */
    static List<String> definitions(String database) {
        List<String> files = new ArrayList<>(SqlFiles.list("functions"));
        files.addAll(SqlFiles.list("ddl"));
        files.addAll(SqlFiles.list("ddl/" + database));
        files.addAll(SqlFiles.list("views"));
        return files.stream()
                .flatMap(file -> SqlScript.statements(SqlFiles.read(file)).stream())
                .toList();
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
        for (String database : List.of(NOW, LIVE)) {
            env.useDatabase(database);
            definitions(database).forEach(env::executeSql);
        }
        Catalog defined = env.getCatalog(getName()).orElseThrow();
        try {
            createDatabase(LIVE, defined.getDatabase(LIVE), false);
            for (String database : List.of(NOW, LIVE)) {
                copy(defined, database);
            }
        } catch (Exception e) {
            throw new CatalogException("cannot set up the catalog " + getName(), e);
        }
    }

    /** Gives functions the session's secret and prefix lengths. */
    @Override
    public Optional<FunctionDefinitionFactory> getFunctionDefinitionFactory() {
        return Optional.of(new SettingsFunctionFactory(settings));
    }

    private void copy(Catalog defined, String database) throws Exception {
        for (String name : defined.listTables(database)) {
            ObjectPath path = new ObjectPath(database, name);
            createTable(path, connected(defined.getTable(path), database), false);
        }
        for (String name : defined.listFunctions(database)) {
            ObjectPath path = new ObjectPath(database, name);
            createFunction(path, defined.getFunction(path), false);
        }
    }

    private CatalogBaseTable connected(CatalogBaseTable table, String database) {
        if (!(table instanceof CatalogTable) || !isKafka(table)) {
            return table;
        }
        Map<String, String> options = new HashMap<>(table.getOptions());
        settings.kafka().forEach((key, value) -> options.put("properties." + key, value));
        options.compute("topic", (key, topic) -> settings.topics().getOrDefault(topic, topic));
        options.put(
                "properties.group.id", settings.groupIdPrefix() + "-" + options.get("topic"));
        if (database.equals(NOW)) {
            options.put("scan.bounded.mode", "latest-offset");
        }
        return table instanceof ResolvedCatalogTable resolved
                ? resolved.copy(options)
                : ((CatalogTable) table).copy(options);
    }

    private static boolean isKafka(CatalogBaseTable table) {
        String connector = table.getOptions().getOrDefault("connector", "");
        return connector.equals("kafka") || connector.equals("upsert-kafka");
    }
}
