package io.distillwatch.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;

/**
 * What the command line says. The last of several places wins, from the weakest: the Flink
 * configuration of the cluster, the file of {@code --config}, the command line.
 *
 * @param help whether only help is wanted
 * @param overrides settings of the file and the command line; keys of Flink are allowed, too
 */
public record JobArguments(boolean help, Configuration overrides) {

    private static final String CONFIG = "config";

    /**
     * Parses {@code --key value}, {@code --key=value}, {@code -Dkey=value}, {@code --config FILE}
     * and {@code --help}. After two hyphens, the prefix {@code distillwatch.} may be left out.
     *
     * @throws SettingsException if an argument is none of these or the file cannot be read
     */
    public static JobArguments parse(String... args) {
        return new Parser().parse(List.of(args));
    }

    /** The cluster's configuration with the overrides on top; neither is changed. */
    public Configuration over(Map<String, String> cluster) {
        Configuration merged = Configuration.fromMap(cluster);
        merged.addAll(overrides);
        return merged;
    }

    private static final class Parser {

        private final Map<String, String> commandLine = new HashMap<>();
        private final Map<String, String> file = new HashMap<>();
        private final List<String> problems = new ArrayList<>();
        private boolean help;

        JobArguments parse(List<String> args) {
            for (int i = 0; i < args.size(); i++) {
                String arg = args.get(i);
                boolean more = i + 1 < args.size();
                if (arg.equals("--help") || arg.equals("-h")) {
                    help = true;
                } else if (arg.equals("-D") && more) {
                    property(args.get(++i));
                } else if (arg.startsWith("-D")) {
                    property(arg.substring(2));
                } else if (arg.startsWith("--") && arg.contains("=")) {
                    int equals = arg.indexOf('=');
                    option(arg.substring(2, equals), arg.substring(equals + 1));
                } else if (arg.startsWith("--") && more) {
                    option(arg.substring(2), args.get(++i));
                } else if (arg.startsWith("--")) {
                    problems.add(arg + ": needs a value: " + arg + " VALUE");
                } else {
                    problems.add(
                            "'" + arg + "': allowed is --key value, --key=value or -Dkey=value");
                }
            }
            if (!problems.isEmpty()) {
                throw new SettingsException(problems);
            }
            Map<String, String> merged = new HashMap<>(file);
            merged.putAll(commandLine);
            return new JobArguments(help, Configuration.fromMap(merged));
        }

        private void property(String assignment) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                problems.add("'-D" + assignment + "': allowed is -Dkey=value");
            } else {
                commandLine.put(
                        assignment.substring(0, equals).strip(), assignment.substring(equals + 1));
            }
        }

        private void option(String key, String value) {
            if (key.equals(CONFIG)) {
                configFile(value);
            } else if (key.startsWith(DetectionOptions.PREFIX)) {
                commandLine.put(key, value);
            } else {
                commandLine.put(DetectionOptions.PREFIX + key, value);
            }
        }

        private void configFile(String name) {
            boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
            Path path = Path.of(name);
            Optional<Map<String, String>> content =
                    yaml ? SettingsFiles.yaml(path) : SettingsFiles.properties(path);
            if (content.isEmpty()) {
                problems.add(
                        "--config = '%s': allowed is the path of a %s file that can be read"
                                .formatted(name, yaml ? "YAML" : "Java properties"));
            }
            content.ifPresent(file::putAll);
        }
    }
}
