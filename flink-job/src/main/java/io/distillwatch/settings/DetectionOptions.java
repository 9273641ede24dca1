package io.distillwatch.settings;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.distillwatch.output.OutputTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every option of the job. Defaults are those of {@link DetectionSettings#defaults()}, so that the
 * replay, which knows no options of Kafka, detects the same.
 */
public final class DetectionOptions {

    private static final Logger LOG = LoggerFactory.getLogger(DetectionOptions.class);
    private static final DetectionSettings DEFAULTS = DetectionSettings.defaults();

    /** Prefix of every key. */
    public static final String PREFIX = "distillwatch.";

    /** Keys below this one go to the Kafka clients as they are. */
    public static final String CLIENT_PREFIX = PREFIX + "kafka.properties.";

    static final ConfigOption<String> FINGERPRINT_SECRET =
            key(PREFIX + "fingerprint.secret")
                    .stringType()
                    .defaultValue(DEFAULTS.intake().fingerprintSecret())
                    .withDescription(
                            "Key of all hashes of prompts, clients and payments; set your own,"
                                    + " since the default lets anyone test guesses against what"
                                    + " the job keeps.");
    static final ConfigOption<String> FINGERPRINT_SECRET_FILE =
            key(PREFIX + "fingerprint.secret-file")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "File whose content, but for the last line break, is the fingerprint"
                                    + " secret.");

    static final ConfigOption<Integer> PREFIX_LENGTH_IPV4 =
            key(PREFIX + "intake.prefix-length-ipv4")
                    .intType()
                    .defaultValue(DEFAULTS.intake().prefixLengthIpv4())
                    .withDescription("Bits of an IPv4 address that make its prefix.");
    static final ConfigOption<Integer> PREFIX_LENGTH_IPV6 =
            key(PREFIX + "intake.prefix-length-ipv6")
                    .intType()
                    .defaultValue(DEFAULTS.intake().prefixLengthIpv6())
                    .withDescription("Bits of an IPv6 address that make its prefix.");
    static final ConfigOption<MemorySize> MAX_RECORD_SIZE =
            key(PREFIX + "intake.max-record-size")
                    .memoryType()
                    .defaultValue(new MemorySize(DEFAULTS.intake().maxRecordBytes()))
                    .withDescription("Larger records are refused without being parsed.");
    static final ConfigOption<Boolean> DEAD_LETTER_ORIGINALS =
            key(PREFIX + "intake.dead-letter-originals")
                    .booleanType()
                    .defaultValue(DEFAULTS.intake().deadLetterOriginals())
                    .withDescription(
                            "Whether refused and late records carry the original bytes, prompt"
                                    + " text included, or only their source position.");

    static final ConfigOption<Duration> PANE =
            key(PREFIX + "time.pane")
                    .durationType()
                    .defaultValue(DEFAULTS.time().pane())
                    .withDescription(
                            "Resolution of every result in event time; fixed for the life of the"
                                    + " state.");
    static final ConfigOption<Duration> MAX_OUT_OF_ORDERNESS =
            key(PREFIX + "time.max-out-of-orderness")
                    .durationType()
                    .defaultValue(DEFAULTS.time().maxOutOfOrderness())
                    .withDescription(
                            "How far a record's event time may lie behind the latest of its"
                                    + " partition without being late.");
    static final ConfigOption<Duration> MAX_AHEAD =
            key(PREFIX + "time.max-ahead")
                    .durationType()
                    .defaultValue(DEFAULTS.time().maxAhead())
                    .withDescription(
                            "How far event time may lie ahead of the broker's timestamp before the"
                                    + " record is refused.");
    static final ConfigOption<Duration> IDLENESS =
            key(PREFIX + "time.idleness")
                    .durationType()
                    .defaultValue(DEFAULTS.time().idleness())
                    .withDescription(
                            "After how long without records a partition no longer holds back the"
                                    + " others.");

    static final ConfigOption<List<String>> WINDOWS =
            key(PREFIX + "metrics.windows")
                    .stringType()
                    .asList()
                    .defaultValues(
                            DEFAULTS.windows().stream()
                                    .map(DetectionOptions::text)
                                    .toArray(String[]::new))
                    .withDescription(
                            "Windows of the account and prefix metrics as size/slide, in whole"
                                    + " panes.");

    static final ConfigOption<Integer> FAMILY_BUCKETS =
            key(PREFIX + "families.buckets")
                    .intType()
                    .defaultValue(DEFAULTS.families().buckets())
                    .withDescription(
                            "Number of keys that the table of prompt features is split into, 16 and"
                                    + " more for each subtask; fixed for the life of the state.");
    static final ConfigOption<Integer> FEATURES_PER_BUCKET =
            key(PREFIX + "families.features-per-bucket")
                    .intType()
                    .defaultValue(DEFAULTS.families().featuresPerBucket())
                    .withDescription("Prompt features that one bucket remembers at most.");
    static final ConfigOption<Integer> FAMILY_MIN_ACCOUNTS =
            key(PREFIX + "families.min-accounts")
                    .intType()
                    .defaultValue(DEFAULTS.families().minAccounts())
                    .withDescription("Distinct accounts that make a prompt feature popular.");
    static final ConfigOption<Duration> FAMILY_MEMORY =
            key(PREFIX + "families.memory")
                    .durationType()
                    .defaultValue(DEFAULTS.families().memory())
                    .withDescription("How long a prompt feature is remembered without being seen.");

    static final ConfigOption<Integer> GROUP_MAX_ACCOUNTS =
            key(PREFIX + "groups.max-accounts")
                    .intType()
                    .defaultValue(DEFAULTS.groups().maxAccounts())
                    .withDescription(
                            "Accounts of one candidate group that are followed one by one; of a"
                                    + " larger group, a sample.");
    static final ConfigOption<Duration> GROUP_MEMORY =
            key(PREFIX + "groups.memory")
                    .durationType()
                    .defaultValue(DEFAULTS.groups().memory())
                    .withDescription(
                            "How long a candidate group, or an account in it, is remembered without"
                                    + " being seen.");

    static final ConfigOption<String> BOOTSTRAP_SERVERS =
            key(PREFIX + "kafka.bootstrap-servers")
                    .stringType()
                    .defaultValue("localhost:9092")
                    .withDescription("Brokers to start from, as host:port, several by comma.");
    static final ConfigOption<String> GROUP_ID =
            key(PREFIX + "kafka.group-id")
                    .stringType()
                    .defaultValue("distillwatch")
                    .withDescription(
                            "Consumer group whose offsets are committed with each checkpoint.");
    static final ConfigOption<StartingOffsets> STARTING_OFFSETS =
            key(PREFIX + "kafka.starting-offsets")
                    .enumType(StartingOffsets.class)
                    .defaultValue(StartingOffsets.COMMITTED)
                    .withDescription(
                            "Where a job without state starts: committed (earliest where the group"
                                    + " has none), earliest or latest.");
    static final ConfigOption<Delivery> DELIVERY =
            key(PREFIX + "kafka.delivery-guarantee")
                    .enumType(Delivery.class)
                    .defaultValue(Delivery.EXACTLY_ONCE)
                    .withDescription(
                            "Guarantee of all output topics, exactly-once or at-least-once; with"
                                    + " exactly-once, consumers must read committed records.");
    static final ConfigOption<String> TRANSACTIONAL_ID_PREFIX =
            key(PREFIX + "kafka.transactional-id-prefix")
                    .stringType()
                    .defaultValue("distillwatch")
                    .withDescription(
                            "Start of all transactional ids: unique to this job on its brokers, and"
                                    + " the same over its restarts.");
    static final ConfigOption<Duration> TRANSACTION_TIMEOUT =
            key(PREFIX + "kafka.transaction-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(10))
                    .withDescription(
                            "Longest time from a write to the checkpoint that commits it, outage"
                                    + " included; at most the brokers' transaction.max.timeout.ms,"
                                    + " which is 15 min unless they were told otherwise.");
    static final ConfigOption<Duration> PARTITION_DISCOVERY =
            key(PREFIX + "kafka.partition-discovery")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription("How often new partitions are looked for; 0 ms for never.");
    static final ConfigOption<Boolean> PREPARE_TOPICS =
            key(PREFIX + "kafka.prepare-topics")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether the program that submits the job waits for the brokers and"
                                    + " creates missing topics first.");
    static final ConfigOption<Integer> PARTITIONS =
            key(PREFIX + "kafka.partitions")
                    .intType()
                    .defaultValue(12)
                    .withDescription(
                            "Partitions of a topic that is created; the policy topic always has"
                                    + " one.");
    static final ConfigOption<Integer> REPLICATION_FACTOR =
            key(PREFIX + "kafka.replication-factor")
                    .intType()
                    .defaultValue(-1)
                    .withDescription(
                            "Replicas of a topic that is created; -1 for the brokers' default.");
    static final ConfigOption<String> EXCHANGES_TOPIC =
            key(PREFIX + "kafka.topic.llm-exchanges")
                    .stringType()
                    .defaultValue("llm-exchanges")
                    .withDescription("Topic that exchanges are read from.");
    static final ConfigOption<String> POLICY_TOPIC =
            key(PREFIX + "kafka.topic.detection-policy")
                    .stringType()
                    .defaultValue("detection-policy")
                    .withDescription("Topic that detection policies are read from.");
    static final Map<OutputTopic, ConfigOption<String>> OUTPUT_TOPICS = outputTopics();
    static final ConfigOption<String> PROPERTIES_FILE =
            key(PREFIX + "kafka.properties-file")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Java properties file with further settings of every Kafka client:"
                                    + " passwords, mounted as a file.");
    static final ConfigOption<Map<String, String>> CLIENT_PROPERTIES =
            key(PREFIX + "kafka.properties")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription(
                            "Settings of every Kafka client, each as a key of its own below this"
                                    + " one, such as distillwatch.kafka.properties.security.protocol;"
                                    + " they win over the file.");

    private static final List<ConfigOption<?>> ALL = all();

    private DetectionOptions() {}

    /**
     * Every option, in the order in which they are documented.
     *
     * @return options with key, default (null where there is none) and a one-sentence description
     */
    public static List<ConfigOption<?>> options() {
        return ALL;
    }

    /** The sentence that documents the option. */
    public static String description(ConfigOption<?> option) {
        return new HtmlFormatter().format(option.description());
    }

    /** The default as a user would write it; empty where there is none. */
    public static String defaultText(ConfigOption<?> option) {
        Object value = option.defaultValue();
        if (value == null) {
            return "";
        } else if (value instanceof Duration duration) {
            return OptionReader.text(duration);
        } else if (value instanceof List<?> list) {
            return list.stream().map(Object::toString).collect(Collectors.joining("; "));
        } else if (value instanceof Map<?, ?>) {
            return "";
        }
        return value.toString();
    }

    /**
     * Settings of the job, validated together.
     *
     * @param configuration may hold other keys than ours; those are left alone
     * @throws SettingsException naming every key that is wrong or unknown
     */
    public static JobSettings read(Configuration configuration) {
        OptionReader reader = new OptionReader(configuration);
        DetectionSettings detection = DetectionReader.read(reader);
        KafkaSettings kafka = KafkaReader.read(reader, configuration);
        refuseUnknown(reader, configuration);
        if (!reader.problems().isEmpty()) {
            throw new SettingsException(reader.problems());
        }
        if (detection.intake().fingerprintSecret().equals(FINGERPRINT_SECRET.defaultValue())) {
            LOG.warn(
                    "THE FINGERPRINT SECRET IS THE PUBLISHED DEFAULT: anyone who reads the output"
                            + " can test guesses at prompts against it. Set {} or {}.",
                    FINGERPRINT_SECRET_FILE.key(),
                    FINGERPRINT_SECRET.key());
        }
        return new JobSettings(detection, kafka);
    }

    private static void refuseUnknown(OptionReader reader, Configuration configuration) {
        List<String> known = ALL.stream().map(ConfigOption::key).toList();
        configuration.toMap().keySet().stream()
                .filter(key -> key.startsWith(PREFIX) && !key.startsWith(CLIENT_PREFIX))
                .filter(key -> !known.contains(key))
                .sorted()
                .forEach(
                        key ->
                                reader.problems()
                                        .add(
                                                key
                                                        + ": no such option; the nearest is "
                                                        + NearestKey.to(key, known)));
    }

    private static String text(DetectionSettings.Window window) {
        return OptionReader.text(window.size()) + "/" + OptionReader.text(window.slide());
    }

    private static Map<OutputTopic, ConfigOption<String>> outputTopics() {
        Map<OutputTopic, ConfigOption<String>> options = new EnumMap<>(OutputTopic.class);
        for (OutputTopic topic : OutputTopic.values()) {
            options.put(
                    topic,
                    key(PREFIX + "kafka.topic." + topic.topicName())
                            .stringType()
                            .defaultValue(topic.topicName())
                            .withDescription(
                                    "Topic that " + topic.topicName() + " are written to."));
        }
        return options;
    }

    private static List<ConfigOption<?>> all() {
        List<ConfigOption<?>> options =
                new ArrayList<>(
                        List.of(
                                FINGERPRINT_SECRET,
                                FINGERPRINT_SECRET_FILE,
                                PREFIX_LENGTH_IPV4,
                                PREFIX_LENGTH_IPV6,
                                MAX_RECORD_SIZE,
                                DEAD_LETTER_ORIGINALS,
                                PANE,
                                MAX_OUT_OF_ORDERNESS,
                                MAX_AHEAD,
                                IDLENESS,
                                WINDOWS,
                                FAMILY_BUCKETS,
                                FEATURES_PER_BUCKET,
                                FAMILY_MIN_ACCOUNTS,
                                FAMILY_MEMORY,
                                GROUP_MAX_ACCOUNTS,
                                GROUP_MEMORY,
                                BOOTSTRAP_SERVERS,
                                GROUP_ID,
                                STARTING_OFFSETS,
                                DELIVERY,
                                TRANSACTIONAL_ID_PREFIX,
                                TRANSACTION_TIMEOUT,
                                PARTITION_DISCOVERY,
                                PREPARE_TOPICS,
                                PARTITIONS,
                                REPLICATION_FACTOR,
                                EXCHANGES_TOPIC,
                                POLICY_TOPIC));
        options.addAll(OUTPUT_TOPICS.values());
        options.add(PROPERTIES_FILE);
        options.add(CLIENT_PROPERTIES);
        return List.copyOf(options);
    }
}
