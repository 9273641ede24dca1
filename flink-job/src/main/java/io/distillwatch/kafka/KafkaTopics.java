package io.distillwatch.kafka;

import io.distillwatch.output.OutputTopic;
import io.distillwatch.settings.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The topics that the job needs and how they are made. A topic that exists is left as it is.
 *
 * <p>Topics that delete by time stamp their records when they arrive ({@code LogAppendTime}): the
 * job writes event time, and under {@code CreateTime} the output of a replayed month would be
 * deleted within the minute. For exchanges it makes the broker's timestamp one that no producer's
 * clock can forge, which is what far-ahead records are judged against.
 */
public final class KafkaTopics {

    /** Prompts stand in them: no longer than it takes to notice and repair an outage. */
    private static final Duration EXCHANGES_KEPT = Duration.ofDays(7);

    /** Prompts stand in them, too; somebody must have time to look. */
    private static final Duration REFUSED_KEPT = Duration.ofDays(14);

    private static final Duration METRICS_KEPT = Duration.ofDays(30);

    private static final String FOR_EVER = "-1";

    private KafkaTopics() {}

    /**
     * One topic.
     *
     * @param name name on the broker
     * @param partitions number of partitions
     * @param replicationFactor replicas; -1 for the broker's default
     * @param config topic configuration, keys of Kafka
     */
    public record Plan(
            String name, int partitions, short replicationFactor, Map<String, String> config) {

        /** Copies the map. */
        public Plan {
            config = Map.copyOf(config);
        }

        /** The replication factor as the admin client wants it: empty for the broker's default. */
        Optional<Short> replicas() {
            return replicationFactor == -1 ? Optional.empty() : Optional.of(replicationFactor);
        }

        private Plan with(String key, String value) {
            Map<String, String> changed = new HashMap<>(config);
            changed.put(key, value);
            return new Plan(name, partitions, replicationFactor, changed);
        }
    }

    /** All topics, as they are made for a job in service. */
    public static List<Plan> forService(KafkaSettings kafka) {
        List<Plan> plans = new ArrayList<>();
        plans.add(plan(kafka, kafka.exchangesTopic(), deletedAfter(EXCHANGES_KEPT)));
        for (OutputTopic topic : OutputTopic.values()) {
            plans.add(plan(kafka, kafka.topic(topic), config(topic)));
        }
        // One partition: policies are few, and must be seen in the order in which they were made.
        plans.add(new Plan(kafka.policyTopic(), 1, kafka.replicationFactor(), compacted()));
        return List.copyOf(plans);
    }

    /**
     * All topics, as they are made where recorded or simulated traffic is fed: producers set the
     * timestamp of an exchange to the time at which it would have been logged, however long ago or
     * ahead, and nothing is deleted.
     *
     * <p>All others are stamped on arrival, the compacted ones too: the mark that ends a
     * transaction carries the broker's clock, so after records of long ago each commit looks like
     * the end of an old segment. It starts a new file, and compaction takes the changes before it
     * at once.
     */
    public static List<Plan> forReplays(KafkaSettings kafka) {
        return forService(kafka).stream()
                .map(
                        plan ->
                                plan.with(
                                        "message.timestamp.type",
                                        plan.name().equals(kafka.exchangesTopic())
                                                ? "CreateTime"
                                                : "LogAppendTime"))
                .map(plan -> plan.with("retention.ms", FOR_EVER))
                .map(
                        plan ->
                                plan.with(
                                        "message.timestamp.after.max.ms",
                                        Long.toString(Long.MAX_VALUE)))
                .toList();
    }

    private static Map<String, String> config(OutputTopic topic) {
        return switch (topic) {
            case ACCOUNT_METRICS, PREFIX_METRICS -> deletedAfter(METRICS_KEPT);
            case CAMPAIGNS, CAMPAIGN_MEMBERS -> compacted();
            case DEAD_LETTERS, LATE -> deletedAfter(REFUSED_KEPT);
        };
    }

    private static Map<String, String> deletedAfter(Duration kept) {
        return Map.of(
                "cleanup.policy", "delete",
                "retention.ms", Long.toString(kept.toMillis()),
                "message.timestamp.type", "LogAppendTime");
    }

    private static Map<String, String> compacted() {
        return Map.of("cleanup.policy", "compact", "retention.ms", FOR_EVER);
    }

    private static Plan plan(KafkaSettings kafka, String name, Map<String, String> config) {
        return new Plan(name, kafka.partitions(), kafka.replicationFactor(), config);
    }
}
