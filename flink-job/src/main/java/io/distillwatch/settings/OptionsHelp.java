package io.distillwatch.settings;

import org.apache.flink.configuration.ConfigOption;

/** What {@code --help} prints. */
public final class OptionsHelp {

    private OptionsHelp() {}

    /** Usage and every option with its default and its sentence, for a terminal. */
    public static String text() {
        StringBuilder text =
                new StringBuilder(
                        """
                        Finds distillation campaigns in the request log of a language model.

                          flink run [flink options] distillwatch-job.jar [options]

                        Options are given as --key value, --key=value or -Dkey=value, or as lines of a
                        properties or YAML file named by --config FILE, or in Flink's configuration. The
                        command line wins over the file, the file over Flink's configuration. After two
                        hyphens "distillwatch." may be left out. -D takes options of Flink, too.

                        """);
        for (ConfigOption<?> option : DetectionOptions.options()) {
            String defaultText = DetectionOptions.defaultText(option);
            text.append("  ").append(option.key());
            if (!defaultText.isEmpty()) {
                text.append("  (").append(defaultText).append(')');
            }
            text.append("\n      ").append(DetectionOptions.description(option)).append('\n');
        }
        return text.toString();
    }
}
