package io.distillwatch.workbench.sql;

import io.distillwatch.settings.DetectionOptions;
import io.distillwatch.settings.KafkaSettings;
import io.distillwatch.workbench.cluster.EmbeddedBroker;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Where a session runs: a Flink cluster in this process, and a Kafka here or elsewhere. */
final class SqlHost implements AutoCloseable {

    /** Enough for several queries at once on a small machine; a slot costs little while idle. */
    private static final int SLOTS = 16;

    private static final long REACH_SECONDS = 10;

    private final MiniCluster cluster;
    private final Configuration configuration;
    private final Deque<EmbeddedBroker> brokers = new ArrayDeque<>();

    private SqlHost(MiniCluster cluster, Configuration configuration) {
        this.cluster = cluster;
        this.configuration = configuration;
    }

    static SqlHost start(Map<String, String> settings) throws Exception {
        Configuration flink = new Configuration();
        flink.set(RestOptions.BIND_PORT, "0");
        flink.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        flink.set(RestOptions.ADDRESS, "127.0.0.1");
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(flink)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(SLOTS)
                                .build());
        cluster.start();
        URI rest = cluster.getRestAddress().get();
        Configuration configuration = new Configuration();
        configuration.setString("parallelism.default", "2");
        settings.forEach(configuration::setString);
        configuration.setString("execution.target", "remote");
        configuration.setString("rest.address", rest.getHost());
        configuration.setString("rest.port", String.valueOf(rest.getPort()));
        return new SqlHost(cluster, configuration);
    }

    /**
     * Uses a Kafka that is there.
     *
     * @param bootstrapServers null for what the settings say
     * @throws Unreachable if no broker answers
     */
    void kafka(String bootstrapServers) throws InterruptedException {
        if (bootstrapServers != null) {
            configuration.setString("distillwatch.kafka.bootstrap-servers", bootstrapServers);
        }
        KafkaSettings kafka = settings();
        Properties properties = kafka.properties();
        // The client refuses a call that may take less than one request of it.
        properties.put("request.timeout.ms", String.valueOf(REACH_SECONDS * 1000));
        properties.put("default.api.timeout.ms", String.valueOf(REACH_SECONDS * 1000));
        try (Admin admin = Admin.create(properties)) {
            admin.describeCluster().nodes().get(REACH_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw Unreachable.of(kafka.bootstrapServers(), e);
        }
    }

    /** Starts a broker that ends with this host. */
    EmbeddedBroker broker() {
        EmbeddedBroker broker = EmbeddedBroker.start();
        brokers.push(broker);
        configuration.setString("distillwatch.kafka.bootstrap-servers", broker.bootstrapServers());
        return broker;
    }

    /** What a session is opened with. */
    Configuration configuration() {
        return new Configuration(configuration);
    }

    /** The settings of the job, as far as they were given. */
    KafkaSettings settings() {
        Configuration own = new Configuration();
        configuration
                .toMap()
                .forEach(
                        (key, value) -> {
                            if (key.startsWith(DetectionOptions.PREFIX)
                                    && !key.startsWith(DetectionOptions.PREFIX + "sql.")) {
                                own.setString(key, value);
                            }
                        });
        return DetectionOptions.read(own).kafka();
    }

    String webUi() {
        return "http://"
                + configuration.getString("rest.address", "")
                + ":"
                + configuration.getString("rest.port", "");
    }

    @Override
    public void close() {
        // Its jobs end with the process; a broker must not go before what reads from it.
        cluster.closeAsync().join();
        while (!brokers.isEmpty()) {
            brokers.pop().close();
        }
    }

    /** No broker answered, or it would not let this client in. */
    static final class Unreachable extends RuntimeException {

        private Unreachable(String message, Exception cause) {
            super(message, cause);
        }

        static Unreachable of(String bootstrapServers, Exception cause) {
            Throwable innermost = cause;
            boolean silent = false;
            for (Throwable at = cause; at != null; at = at.getCause()) {
                innermost = at;
                silent |= at instanceof TimeoutException;
                silent |= at instanceof org.apache.kafka.common.errors.TimeoutException;
            }
            return silent
                    ? new Unreachable(
                            "no Kafka broker answers at "
                                    + bootstrapServers
                                    + " within "
                                    + REACH_SECONDS
                                    + " s: start one, name another with --bootstrap-servers, or use"
                                    + " --demo",
                            cause)
                    : new Unreachable(
                            "Kafka at " + bootstrapServers + ": " + innermost.getMessage(), cause);
        }
    }
}
