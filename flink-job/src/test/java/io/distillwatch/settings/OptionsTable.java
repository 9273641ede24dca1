package io.distillwatch.settings;

import java.util.stream.Collectors;

/** The table of options as the README shows it. */
public final class OptionsTable {

    private OptionsTable() {}

    /** Markdown with a row for each option, in their documented order, and a last line break. */
    public static String markdown() {
        return DetectionOptions.options().stream()
                .map(
                        option ->
                                "| `%s` | %s | %s |"
                                        .formatted(
                                                option.key(),
                                                code(DetectionOptions.defaultText(option)),
                                                DetectionOptions.description(option)))
                .collect(Collectors.joining("\n", "| option | default | |\n|---|---|---|\n", "\n"));
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
