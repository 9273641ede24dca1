package io.distillwatch.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.util.OperatingSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the job asks of Flink. Two things are its own and are not to be changed; the rest is for the
 * cluster to say, and stands here only for a cluster that says nothing.
 */
public final class RuntimeDefaults {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeDefaults.class);

    /**
     * Key groups, an upper bound of the parallelism that no restart can raise: 720 = 2⁴·3²·5 splits
     * evenly over every parallelism up to 6 and most of those that people use above.
     */
    public static final int MAX_PARALLELISM = 720;

    /** Output appears with each checkpoint, and a restart repeats at most this much work. */
    static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(30);

    /* Of RocksDB's module, which the cluster brings along and the job is compiled without. */
    private static final ConfigOption<String> TIMERS =
            ConfigOptions.key("state.backend.rocksdb.timer-service.factory")
                    .stringType()
                    .noDefaultValue();

    private static final String ON_THE_HEAP = "HEAP";

    private static final ConfigOption<String> COMPACTION =
            ConfigOptions.key("state.backend.rocksdb.compaction.style")
                    .stringType()
                    .noDefaultValue();

    private static final String BY_SIZE = "UNIVERSAL";

    private static final ConfigOption<String> COMPRESSION =
            ConfigOptions.key("state.backend.rocksdb.compression.per.level")
                    .stringType()
                    .noDefaultValue();

    private static final String LZ4 = "LZ4_COMPRESSION";
    private static final String SNAPPY = "SNAPPY_COMPRESSION";

    private static final ConfigOption<Boolean> BLOOM_FILTER =
            ConfigOptions.key("state.backend.rocksdb.use-bloom-filter")
                    .booleanType()
                    .noDefaultValue();

    private RuntimeDefaults() {}

    /**
     * The configuration with what the job needs.
     *
     * @param configured by the cluster and the command line; keys of the job itself are left out of
     *     the result, since it is shown to whoever may see the job
     */
    public static Configuration over(Configuration configured) {
        Configuration result = new Configuration();
        ifUnset(configured, result, PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
        ifUnset(configured, result, StateBackendOptions.STATE_BACKEND, "rocksdb");
        ifUnset(configured, result, CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        // Records are immutable once sent: what Flink copies between chained operators is wasted.
        ifUnset(configured, result, PipelineOptions.OBJECT_REUSE, true);
        ifUnset(configured, result, TIMERS, ON_THE_HEAP);
        ifUnset(configured, result, COMPACTION, BY_SIZE);
        ifUnset(configured, result, COMPRESSION, LZ4);
        ifUnset(configured, result, BLOOM_FILTER, true);
        // Of the client that submits: Flink does not take it from the cluster it submits to.
        ifUnset(
                configured,
                result,
                CheckpointingOptions.CHECKPOINTING_INTERVAL,
                CHECKPOINT_INTERVAL);
        ifUnset(
                configured,
                result,
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        for (Map.Entry<String, String> entry : configured.toMap().entrySet()) {
            if (!entry.getKey().startsWith(DetectionOptions.PREFIX)) {
                result.setString(entry.getKey(), entry.getValue());
            }
        }
        // A type that falls to Kryo cannot be migrated, and an operator without a uid loses its
        // state at the next change of the graph: refuse both rather than find out later.
        result.set(PipelineOptions.GENERIC_TYPES, false);
        result.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        return result;
    }

    /**
     * Tells RocksDB how it is used here. Timers stay out of it: a key has one, of some 100 bytes,
     * and sets it anew with every pane in which it is active, at two writes each time. States are
     * cached on the heap and written whole with each checkpoint, so files are compacted by size and
     * not by level: what counts is how often a byte is rewritten, not how many files a read asks.
     * LZ4 takes a quarter of the time that Snappy, Flink's default, takes for the same bytes, which
     * are hashes for the most part, and packs them no worse. What is read is mostly a key that is
     * not there, of an account that was never seen: filters of ten bits a key tell without a look.
     */
    public static void ofRocksDb(Configuration configuration) {
        configuration.set(TIMERS, ON_THE_HEAP);
        configuration.set(COMPACTION, BY_SIZE);
        configuration.set(BLOOM_FILTER, true);
        // RocksDB's library for Windows comes without LZ4.
        configuration.set(COMPRESSION, OperatingSystem.isWindows() ? SNAPPY : LZ4);
    }

    /**
     * The configuration as Flink's defaults leave it, in all that is here a matter of speed: what
     * others are compared with.
     */
    public static Configuration untuned(Configuration configured) {
        Configuration result = over(configured);
        for (ConfigOption<?> option :
                List.of(
                        PipelineOptions.OBJECT_REUSE,
                        TIMERS,
                        COMPACTION,
                        COMPRESSION,
                        BLOOM_FILTER)) {
            result.removeConfig(option);
        }
        return result;
    }

    /**
     * Says what in the configuration will hurt.
     *
     * @throws SettingsException if transactions would time out between two checkpoints
     */
    public static void check(Configuration configuration, KafkaSettings kafka) {
        Duration interval = configuration.get(CheckpointingOptions.CHECKPOINTING_INTERVAL);
        if (kafka.delivery() == Delivery.EXACTLY_ONCE
                && kafka.transactionTimeout().compareTo(interval.multipliedBy(2)) <= 0) {
            String key = DetectionOptions.TRANSACTION_TIMEOUT.key();
            throw new SettingsException(
                    List.of(
                            "%s = '%s': allowed is more than twice %s, which is '%s'"
                                    .formatted(
                                            key,
                                            OptionReader.text(kafka.transactionTimeout()),
                                            CheckpointingOptions.CHECKPOINTING_INTERVAL.key(),
                                            OptionReader.text(interval))));
        }
        if (configuration.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY).isEmpty()) {
            LOG.warn(
                    "{} is not set: checkpoints stay in the JobManager's memory, are lost with it,"
                            + " and fail above 5 MiB.",
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY.key());
        }
    }

    private static <T> void ifUnset(
            Configuration configured, Configuration result, ConfigOption<T> option, T value) {
        if (configured.getOptional(option).isEmpty()) {
            result.set(option, value);
        }
    }
}
