package io.distillwatch.sql;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.factories.CatalogFactory;

/**
 * {@code CREATE CATALOG distillwatch WITH ('type' = 'distillwatch', …)}. The options are those of
 * the job without their {@code distillwatch.}; what is not given there is taken from the session's
 * configuration, where it has that prefix.
 */
public final class DistillwatchCatalogFactory implements CatalogFactory {

    private static final String TYPE = "type";

    @Override
    public String factoryIdentifier() {
        return "distillwatch";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public Catalog createCatalog(Context context) {
        Map<String, String> options = new HashMap<>(context.getOptions());
        options.remove(TYPE);
        return new DistillwatchCatalog(
                context.getName(),
                SqlSettings.read(context.getConfiguration().toMap(), options),
                context.getClassLoader());
    }
}
