package io.distillwatch.sql;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A broker with a small recorded set in its topics, and a cluster to run queries on. It takes
 * longer to set up than a question to answer, and nobody writes to it: all test classes of a run
 * share one.
 */
final class AnalystWorld implements AutoCloseable {

    /** Hands the one world of this run to whoever asks for it. */
    static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == AnalystWorld.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(AnalystWorld.class, type -> start(), AnalystWorld.class);
        }
    }

    private static final int SLOTS = 16;

    private final TestBroker broker;
    private final MiniCluster cluster;

    private AnalystWorld(TestBroker broker, MiniCluster cluster) {
        this.broker = broker;
        this.cluster = cluster;
    }

    private static AnalystWorld start() {
        try {
            return open();
        } catch (Exception e) {
            throw new IllegalStateException("no broker and cluster to ask", e);
        }
    }

    private static AnalystWorld open() throws Exception {
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
