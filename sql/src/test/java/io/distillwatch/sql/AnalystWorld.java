package io.distillwatch.sql;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/** A broker with a small recorded set in its topics, and a cluster to run queries on. */
final class AnalystWorld implements AutoCloseable {

    private static final int SLOTS = 16;

    private final TestBroker broker;
    private final MiniCluster cluster;

    private AnalystWorld(TestBroker broker, MiniCluster cluster) {
        this.broker = broker;
        this.cluster = cluster;
    }

    static AnalystWorld start() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(SLOTS)
                                .build());
        cluster.start();
        TestBroker broker = TestBroker.start();
        RecordedTopics.write(broker);
        return new AnalystWorld(broker, cluster);
    }

    /** The broker of this world, for records that come later. */
    TestBroker broker() {
        return broker;
    }

    /** A session with further settings. */
    SqlSession session(Map<String, String> settings) throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("execution.target", "remote");
        configuration.setString("rest.address", cluster.getRestAddress().get().getHost());
        configuration.setString(
                "rest.port", String.valueOf(cluster.getRestAddress().get().getPort()));
        configuration.setString("parallelism.default", "2");
        configuration.setString("distillwatch.kafka.bootstrap-servers", broker.bootstrapServers());
        settings.forEach(configuration::setString);
        return SqlSession.open(configuration);
    }

    @Override
    public void close() throws Exception {
        cluster.close();
        broker.close();
    }
}
