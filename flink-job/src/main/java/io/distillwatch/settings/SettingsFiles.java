package io.distillwatch.settings;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.configuration.YamlParserUtils;

/** Reads the files that settings may stand in. */
final class SettingsFiles {

    private SettingsFiles() {}

    /** The content without the last line break, which editors add; empty if it cannot be read. */
    static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file).replaceFirst("\\R$", ""));
        } catch (IOException | UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }

    /** Java properties; empty if the file cannot be read as such. */
    static Optional<Map<String, String>> properties(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
        Map<String, String> map = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> map.put(key, properties.getProperty(key)));
        return Optional.of(map);
    }

    /** YAML, nested or flat, as flat keys the way Flink reads its own; empty if it is none. */
    static Optional<Map<String, String>> yaml(Path file) {
        Map<String, String> flat = new HashMap<>();
        try {
            flatten("", YamlParserUtils.loadYamlFile(file.toFile()), flat);
        } catch (Exception notYaml) {
            return Optional.empty();
        }
        return Optional.of(flat);
    }

    private static void flatten(String prefix, Map<?, ?> nested, Map<String, String> flat) {
        nested.forEach(
                (name, value) -> {
                    String key = prefix + name;
                    if (value instanceof Map<?, ?> deeper) {
                        flatten(key + ".", deeper, flat);
                    } else if (value instanceof List<?> list) {
                        flat.put(key, YamlParserUtils.toYAMLString(list));
                    } else if (value != null) {
                        flat.put(key, value.toString());
                    }
                });
    }
}
