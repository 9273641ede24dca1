package io.distillwatch.sql.function;

import io.distillwatch.settings.DetectionSettings;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.factories.FunctionDefinitionFactory;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.functions.UserDefinedFunctionHelper;

/** Makes functions from their class names, with the session's settings where they want them. */
public final class SettingsFunctionFactory implements FunctionDefinitionFactory {

    private final DetectionSettings.Intake settings;

    /**
     * @param settings how the job was set up
     */
    public SettingsFunctionFactory(DetectionSettings.Intake settings) {
        this.settings = settings;
    }

    @Override
    public FunctionDefinition createFunctionDefinition(
            String name, CatalogFunction function, Context context) {
        UserDefinedFunction definition =
                UserDefinedFunctionHelper.instantiateFunction(
                        context.getClassLoader(),
                        // Only asked for options of Python functions, which we have none of.
                        new Configuration(),
                        name,
                        function);
        return definition instanceof WithSettings configurable
                ? configurable.with(settings)
                : definition;
    }

    /** A function that depends on how the job was set up. */
    interface WithSettings {

        /** The same function under these settings. */
        UserDefinedFunction with(DetectionSettings.Intake settings);
    }
}
