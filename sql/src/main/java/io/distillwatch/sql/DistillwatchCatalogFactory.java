package io.distillwatch.sql;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.factories.CatalogFactory;
import org.apache.flink.table.factories.FactoryUtil;

/** {@code CREATE CATALOG distillwatch WITH ('type' = 'distillwatch', …)}. */
public final class DistillwatchCatalogFactory implements CatalogFactory {

    private static final SqlSettings DEFAULTS = SqlSettings.defaults();
    private static final String KAFKA_PREFIX = "properties.";
    private static final String TOPIC_PREFIX = "topic.";

    static final ConfigOption<String> BOOTSTRAP_SERVERS =
            ConfigOptions.key("bootstrap.servers")
                    .stringType()
                    .defaultValue(DEFAULTS.kafka().get("bootstrap.servers"))
                    .withDescription("Kafka brokers, host:port, separated by commas.");

    static final ConfigOption<String> GROUP_ID_PREFIX =
            ConfigOptions.key("group.id.prefix")
                    .stringType()
                    .defaultValue(DEFAULTS.groupIdPrefix())
                    .withDescription("Beginning of every consumer group of the session.");

    static final ConfigOption<Duration> HISTORY =
            ConfigOptions.key("history")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How far back exchanges are read, by the time the broker got them;"
                                    + " everything the topic still has by default.");

    static final ConfigOption<String> FINGERPRINT_SECRET =
            ConfigOptions.key("fingerprint.secret")
                    .stringType()
                    .defaultValue(DEFAULTS.fingerprintSecret())
                    .withDescription("The job's key of prompt fingerprints.");

    static final ConfigOption<Integer> PREFIX_LENGTH_IPV4 =
            ConfigOptions.key("prefix.length.ipv4")
                    .intType()
                    .defaultValue(DEFAULTS.prefixLengthIpv4())
                    .withDescription("The job's length of an IPv4 prefix, 8 to 32 bits.");

    static final ConfigOption<Integer> PREFIX_LENGTH_IPV6 =
            ConfigOptions.key("prefix.length.ipv6")
                    .intType()
                    .defaultValue(DEFAULTS.prefixLengthIpv6())
                    .withDescription("The job's length of an IPv6 prefix, 16 to 128 bits.");

    @Override
    public String factoryIdentifier() {
        return "distillwatch";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(
                BOOTSTRAP_SERVERS,
                GROUP_ID_PREFIX,
                HISTORY,
                FINGERPRINT_SECRET,
                PREFIX_LENGTH_IPV4,
                PREFIX_LENGTH_IPV6);
    }

    @Override
    public Catalog createCatalog(Context context) {
        FactoryUtil.CatalogFactoryHelper helper =
                FactoryUtil.createCatalogFactoryHelper(this, context);
        helper.validateExcept(KAFKA_PREFIX, TOPIC_PREFIX);
        return new DistillwatchCatalog(
                context.getName(),
                settings(helper.getOptions(), context.getOptions()),
                context.getClassLoader());
    }

    private static SqlSettings settings(ReadableConfig options, Map<String, String> given) {
        Map<String, String> kafka = new HashMap<>(below(KAFKA_PREFIX, given));
        kafka.put("bootstrap.servers", options.get(BOOTSTRAP_SERVERS));
        return new SqlSettings(
                kafka,
                options.get(GROUP_ID_PREFIX),
                below(TOPIC_PREFIX, given),
                options.get(HISTORY),
                options.get(FINGERPRINT_SECRET),
                options.get(PREFIX_LENGTH_IPV4),
                options.get(PREFIX_LENGTH_IPV6));
    }

    private static Map<String, String> below(String prefix, Map<String, String> options) {
        Map<String, String> found = new HashMap<>();
        options.forEach(
                (key, value) -> {
                    if (key.startsWith(prefix)) {
                        found.put(key.substring(prefix.length()), value);
                    }
                });
        return found;
    }
}
