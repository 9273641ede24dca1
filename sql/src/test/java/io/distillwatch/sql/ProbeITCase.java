package io.distillwatch.sql;

import java.util.List;
import org.apache.flink.configuration.*;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.runtime.minicluster.*;
import org.junit.jupiter.api.Test;

class ProbeITCase {
    @Test
    void probe() throws Exception {
        long t = System.currentTimeMillis();
        TestBroker broker = TestBroker.start();
        System.out.println("broker " + (System.currentTimeMillis() - t));
        broker.createTopic("llm-exchanges", 2);
        broker.createTopic("distillation-campaigns", 2);
        broker.write("llm-exchanges", List.of(new TestBroker.Message("a", "{\"exchange_id\":\"e1\",\"event_time\":\"2026-06-01T00:00:00Z\",\"account_id\":\"a1\",\"messages\":[{\"role\":\"user\",\"content\":[1,2]}]}", 1L),
            new TestBroker.Message("b", "garbage", 2L), new TestBroker.Message("b", "{\"exchange_id\":\"e2\",\"event_time\":1780000000000,\"account_id\":\"a1\"}", 2L)));
        Configuration c = new Configuration();
        c.set(RestOptions.BIND_PORT, "0");
        MiniCluster mc = new MiniCluster(new MiniClusterConfiguration.Builder().setConfiguration(c).setNumTaskManagers(1).setNumSlotsPerTaskManager(8).build());
        mc.start();
        System.out.println("cluster " + (System.currentTimeMillis() - t));
        Configuration s = new Configuration();
        s.setString("execution.target", "remote");
        s.setString("rest.address", mc.getRestAddress().get().getHost());
        s.setString("rest.port", "" + mc.getRestAddress().get().getPort());
        s.setString("distillwatch.kafka.bootstrap-servers", broker.bootstrapServers());
        s.setString("parallelism.default", "2");
        try (SqlSession session = SqlSession.open(s)) {
            System.out.println("session " + (System.currentTimeMillis() - t));
            System.out.println(session.configuration());
            for (String q : List.of("SHOW TABLES","SELECT * FROM llm_exchanges", "SELECT * FROM `live`.llm_exchanges LIMIT 1", "SELECT campaign_id FROM distillation_campaigns_changes", "EXPLAIN SELECT account_id, COUNT(*) FROM llm_exchanges GROUP BY account_id",
               "SET 'execution.runtime-mode'='streaming'", "EXPLAIN PLAN_ADVICE SELECT account_id, COUNT(*) FROM TUMBLE(TABLE llm_exchanges, DESCRIPTOR(event_at), INTERVAL '1' HOUR) GROUP BY account_id, window_start, window_end", "SELECT account_id, COUNT(*) FROM llm_exchanges GROUP BY account_id")) {
                long b = System.currentTimeMillis();
                try (SqlResult r = session.execute(q)) {
                    System.out.println(">> " + q + " " + r.schema().getColumnNames());
                    while (r.hasNext()) { System.out.println("   " + r.external(r.next())); }
                } catch (SqlFailure e) { System.out.println(">> " + q + " FAILED " + e.getMessage()); }
                System.out.println("   " + (System.currentTimeMillis() - b) + " ms");
            }
        } catch (SqlFailure e) { System.out.println(e.getMessage()); }
        mc.close();
        broker.close();
    }
}
