package io.distillwatch.settings;

import io.distillwatch.output.OutputTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Reads the options of Kafka. */
final class KafkaReader {

    /** The broker's own rule. */
    private static final String TOPIC_NAME = "(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}";

    private static final String TOPIC_RULE =
            "a topic name of its own: letters, digits, dot, underscore and hyphen, at most 249";

    private static final String SERVER = "[^\\s,:\\[\\]]+:\\d{1,5}|\\[[0-9a-fA-F:]+]:\\d{1,5}";

    private static final Pattern PROVIDER = Pattern.compile("config\\.providers\\.([^.]+)\\.class");

    /** What the job sets itself, by the option that does. */
    private static final Map<String, String> OWN =
            Map.of(
                    "bootstrap.servers", DetectionOptions.BOOTSTRAP_SERVERS.key(),
                    "group.id", DetectionOptions.GROUP_ID.key(),
                    "auto.offset.reset", DetectionOptions.STARTING_OFFSETS.key(),
                    "transactional.id", DetectionOptions.TRANSACTIONAL_ID_PREFIX.key(),
                    "transaction.timeout.ms", DetectionOptions.TRANSACTION_TIMEOUT.key());

    private final OptionReader options;
    private final Set<String> topics = new HashSet<>();

    private KafkaReader(OptionReader options) {
        this.options = options;
    }

    static KafkaSettings read(OptionReader options, Configuration configuration) {
        return new KafkaReader(options).settings(configuration);
    }

    private KafkaSettings settings(Configuration configuration) {
        return new KafkaSettings(
                options.read(
                        DetectionOptions.BOOTSTRAP_SERVERS,
                        servers -> servers.matches("(%s)(\\s*,\\s*(%<s))*".formatted(SERVER)),
                        "host:port, several by comma"),
                options.text(DetectionOptions.GROUP_ID),
                options.read(
                        DetectionOptions.STARTING_OFFSETS, "one of committed, earliest, latest"),
                options.read(DetectionOptions.DELIVERY, "exactly-once or at-least-once"),
                options.text(DetectionOptions.TRANSACTIONAL_ID_PREFIX),
                options.between(
                        DetectionOptions.TRANSACTION_TIMEOUT,
                        Duration.ofSeconds(10),
                        Duration.ofDays(1)),
                options.between(
                        DetectionOptions.PARTITION_DISCOVERY, Duration.ZERO, Duration.ofDays(1)),
                options.flag(DetectionOptions.PREPARE_TOPICS),
                options.between(DetectionOptions.PARTITIONS, 1, 10_000),
                options.read(
                                DetectionOptions.REPLICATION_FACTOR,
                                value -> value == -1 || (value >= 1 && value <= 100),
                                "-1 or a whole number from 1 to 100")
                        .shortValue(),
                topic(DetectionOptions.EXCHANGES_TOPIC),
                topic(DetectionOptions.POLICY_TOPIC),
                outputTopics(),
                clientProperties(configuration));
    }

    private Map<OutputTopic, String> outputTopics() {
        Map<OutputTopic, String> names = new EnumMap<>(OutputTopic.class);
        DetectionOptions.OUTPUT_TOPICS.forEach((topic, option) -> names.put(topic, topic(option)));
        return names;
    }

    private String topic(ConfigOption<String> option) {
        // One topic twice would feed the job its own output.
        return options.read(
                option, name -> name.matches(TOPIC_NAME) && topics.add(name), TOPIC_RULE);
    }

    private Map<String, String> clientProperties(Configuration configuration) {
        Map<String, String> properties = new HashMap<>(fileProperties());
        configuration
                .toMap()
                .forEach(
                        (key, value) -> {
                            if (key.startsWith(DetectionOptions.CLIENT_PREFIX)) {
                                properties.put(
                                        key.substring(DetectionOptions.CLIENT_PREFIX.length()),
                                        value);
                            }
                        });
        nameProviders(properties);
        OWN.forEach(
                (key, option) -> {
                    if (properties.containsKey(key)) {
                        options.problem(
                                DetectionOptions.CLIENT_PREFIX + key,
                                properties.get(key),
                                "only by " + option);
                    }
                });
        return properties;
    }

    /**
     * Kafka wants {@code config.providers} to name what {@code config.providers.NAME.class}
     * defines. Flink 2 writes its configuration as a tree, which has no place for a key that
     * another begins with; so the names are taken from the definitions.
     */
    private static void nameProviders(Map<String, String> properties) {
        String names =
                properties.keySet().stream()
                        .map(PROVIDER::matcher)
                        .filter(Matcher::matches)
                        .map(provider -> provider.group(1))
                        .sorted()
                        .collect(Collectors.joining(","));
        if (!names.isEmpty()) {
            properties.putIfAbsent("config.providers", names);
        }
    }

    private Map<String, String> fileProperties() {
        String file =
                options.read(
                        DetectionOptions.PROPERTIES_FILE,
                        "the path of a Java properties file that can be read");
        if (file == null) {
            return Map.of();
        }
        Optional<Map<String, String>> properties = SettingsFiles.properties(Path.of(file));
        if (properties.isEmpty()) {
            options.refuse(
                    DetectionOptions.PROPERTIES_FILE,
                    "the path of a Java properties file that can be read");
        }
        return properties.orElse(Map.of());
    }
}
