package io.distillwatch.sql;

import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.factories.FunctionDefinitionFactory;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.functions.UserDefinedFunctionHelper;

/** Makes functions from their class names, with the session's settings where they want them. */
final class SettingsFunctionFactory implements FunctionDefinitionFactory {

    private final SqlSettings settings;

    SettingsFunctionFactory(SqlSettings settings) {
        this.settings = settings;
    }

    @Override
    public FunctionDefinition createFunctionDefinition(
            String name, CatalogFunction function, Context context) {
        UserDefinedFunction definition =
                UserDefinedFunctionHelper.instantiateFunction(
                        context.getClassLoader(),
                        // Only asked for options of Python functions, which we have none of.
                        new org.apache.flink.configuration.Configuration(),
                        name,
                        function);
        return definition instanceof WithSettings<?> configurable
                ? configurable.with(settings)
                : definition;
    }

    /** A function that depends on settings of the job. */
    interface WithSettings<F extends UserDefinedFunction> {

        /** The same function under these settings. */
        F with(SqlSettings settings);
    }
}
