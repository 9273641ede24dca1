package io.distillwatch.sql;

import io.distillwatch.output.OutputTopic;
import io.distillwatch.settings.KafkaSettings;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Completes the options of a table over a topic by what the session was given. */
final class TopicOptions {

    private static final String TOPIC = "topic";

    private final SqlSettings settings;
    private final boolean bounded;

    /**
     * @param bounded whether reading stops at what the topic has when the query begins
     */
    TopicOptions(SqlSettings settings, boolean bounded) {
        this.settings = settings;
        this.bounded = bounded;
    }

    /** The options of the file, with connection, consumer group and bounds. */
    Map<String, String> complete(Map<String, String> declared) {
        if (!declared.getOrDefault("connector", "").endsWith("kafka")
                || declared.containsKey("properties.bootstrap.servers")) {
            return declared; // not a topic, or complete
        }
        KafkaSettings kafka = settings.job().kafka();
        Map<String, String> options = new HashMap<>(declared);
        kafka.properties()
                .forEach((key, value) -> options.put("properties." + key, value.toString()));
        String topic = declared.get(TOPIC);
        options.put(
                TOPIC,
                Arrays.stream(topic.split(";"))
                        .map(name -> topicName(name, kafka))
                        .collect(Collectors.joining(";")));
        options.put("properties.group.id", kafka.groupId() + "-sql");
        // Nobody resumes a query: a group with offsets would only look like a consumer that lags.
        options.put("properties.commit.offsets.on.checkpoint", "false");
        if (bounded) {
            options.put("scan.bounded.mode", "latest-offset");
        }
        if (topic.equals("llm-exchanges") && settings.history().isPresent()) {
            Instant from = Instant.now().minus(settings.history().get());
            options.put("scan.startup.mode", "timestamp");
            options.put("scan.startup.timestamp-millis", String.valueOf(from.toEpochMilli()));
        }
        return options;
    }

    private static String topicName(String contractName, KafkaSettings kafka) {
        for (OutputTopic topic : OutputTopic.values()) {
            if (topic.topicName().equals(contractName)) {
                return kafka.topic(topic);
            }
        }
        return switch (contractName) {
            case "llm-exchanges" -> kafka.exchangesTopic();
            case "detection-policy" -> kafka.policyTopic();
            default -> contractName;
        };
    }
}
