package io.distillwatch.workbench.local;

import io.distillwatch.settings.RuntimeDefaults;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.state.rocksdb.RocksDBNativeMetricOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;

/**
 * Settings of a Flink cluster inside this process that behaves like a deployed one: state in
 * RocksDB with managed memory, no Kryo, every operator named.
 */
public final class LocalFlink {

    /** Bytes that RocksDB holds in memory tables, by column family. */
    private static final String MEMTABLE_BYTES = "rocksdb.size-all-mem-tables";

    /** Bytes of RocksDB's live files, by column family. */
    private static final String FILE_BYTES = "rocksdb.live-sst-files-size";

    /* In one process only a machine that sleeps, or has no time, lets a heartbeat wait. */
    private static final Duration HEARTBEAT = Duration.ofHours(12);

    private LocalFlink() {}

    /**
     * @param parallelism slots and default parallelism
     * @param managedMemory for RocksDB, shared by the slots; Flink's own default for local clusters
     *     is too small to measure anything with
     * @param work an empty directory for state and spill files
     */
    public static Configuration configuration(
            int parallelism, MemorySize managedMemory, Path work) {
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, parallelism);
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, managedMemory);
        configuration.set(CoreOptions.TMP_DIRS, work.toAbsolutePath().toString());
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
        configuration.set(PipelineOptions.MAX_PARALLELISM, RuntimeDefaults.MAX_PARALLELISM);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        RuntimeDefaults.ofRocksDb(configuration);
        configuration.set(
                RocksDBOptions.LOCAL_DIRECTORIES,
                work.resolve("rocksdb").toAbsolutePath().toString());
        configuration.set(RocksDBNativeMetricOptions.MONITOR_SIZE_ALL_MEM_TABLES, true);
        configuration.set(RocksDBNativeMetricOptions.MONITOR_LIVE_SST_FILES_SIZE, true);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, HEARTBEAT);
        configuration.set(WebOptions.TMP_DIR, work.toAbsolutePath().toString());
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_PORT, "0");
        return configuration;
    }

    /** Adds checkpoints below the working directory. */
    public static void checkpoint(Configuration configuration, Duration interval, Path work) {
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                work.resolve("checkpoints").toUri().toString());
    }

    /** Bytes of state in RocksDB now, in memory tables and files; Flink measures every 5 s. */
    public static long stateBytes(MetricTap tap) {
        return tap.sum(MEMTABLE_BYTES) + tap.sum(FILE_BYTES);
    }
}
