package io.distillwatch.workbench.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.kafka.KafkaTopics;
import io.distillwatch.workbench.Workbench;
import io.distillwatch.workbench.cluster.EmbeddedBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A session as an analyst has it: by the command, and over JDBC with Flink's own driver. */
class SqlSessionITCase {

    private static SqlHost host;
    private static EmbeddedBroker broker;
    private static SqlGatewayServer gateway;

    @BeforeAll
    static void start() throws Exception {
        host = SqlHost.start(Map.of("distillwatch.kafka.partitions", "1"));
        broker = host.broker();
        broker.createTopics(KafkaTopics.forReplays(host.settings()));
        try (Producer<byte[], byte[]> producer = broker.producer()) {
            send(producer, "llm-exchanges", "a-1", exchange("e-1", "a-1", "203.0.113.7"));
            send(producer, "llm-exchanges", "a-2", exchange("e-2", "a-2", "203.0.113.9"));
            send(producer, "llm-exchanges", "a-3", "not a record");
            send(producer, "distillation-campaigns", "c-1", campaign("OPEN", 20));
            send(producer, "distillation-campaigns", "c-1", campaign("OPEN", 40));
            send(producer, "distillation-campaigns", "c-1", campaign("CLOSED", 41));
        }
        gateway = SqlGatewayServer.start(host.configuration(), 0);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        host.close();
    }

    @Test
    void jdbcFindsTablesViewsAndFunctionsWithoutAnyDdl() throws Exception {
        try (Connection connection = DriverManager.getConnection(gateway.jdbcUrl());
                Statement statement = connection.createStatement()) {
            assertThat(rows(statement, "SHOW TABLES"))
                    .contains("exchanges", "distillation_campaigns", "campaign_overview");
            assertThat(rows(statement, "SHOW USER FUNCTIONS")).contains("detect_groups");
            assertThat(
                            rows(
                                    statement,
                                    "SELECT campaign_id, status, exchanges FROM"
                                            + " distillation_campaigns"))
                    .containsExactly("c-1 | CLOSED | 41");
            assertThat(
                            rows(
                                    statement,
                                    "SELECT ip_prefix, COUNT(*) FROM exchanges GROUP BY ip_prefix"))
                    .containsExactly("203.0.113.0/24 | 2");
            assertThat(rows(statement, "SELECT IP_PREFIX('2001:db8::1')"))
                    .containsExactly("2001:db8::/48");
            assertThat(rows(statement, "SELECT reason FROM refused_exchanges"))
                    .containsExactly("not_json");
        }
    }

    @Test
    void runsAStatementAndWritesItsResultAsTableCsvOrJson() {
        String query = "SELECT campaign_id, score, `models` FROM distillation_campaigns";
        assertThat(sql("-e", query).out())
                .contains("| campaign_id | score |")
                .contains("|         c-1 |   0.5 |")
                .contains("1 row in set");
        assertThat(sql("-e", query, "--format", "csv").out())
                .isEqualToIgnoringNewLines(
                        "campaign_id,score,models\nc-1,0.5,\"[\"\"m-large\"\",\"\"m-next\"\"]\"\n");
        assertThat(sql("-e", query, "--format", "json").out())
                .isEqualToIgnoringNewLines(
                        "{\"campaign_id\":\"c-1\",\"score\":0.5,\"models\":[\"m-large\",\"m-next\"]}\n");
    }

    @Test
    void tellsInOneLineWhatIsWrong() {
        Result wrong = sql("-e", "SELECT nothing FROM exchanges");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err().lines()).hasSize(1);
        assertThat(wrong.err()).contains("Column 'nothing' not found");

        Result unreachable = run("sql", "--bootstrap-servers", "localhost:1", "-e", "SHOW TABLES");
        assertThat(unreachable.code()).isEqualTo(1);
        assertThat(unreachable.err().lines()).hasSize(1);
        assertThat(unreachable.err()).contains("no Kafka broker answers at localhost:1");

        Result unread = run("sql", "-f", "no-such-file.sql");
        assertThat(unread.code()).isEqualTo(2);
        assertThat(unread.err()).contains("-f no-such-file.sql: no file that can be read");
    }

    private static Result sql(String... arguments) {
        List<String> all = new ArrayList<>(List.of("sql", "--bootstrap-servers"));
        all.add(broker.bootstrapServers());
        all.addAll(List.of(arguments));
        return run(all.toArray(new String[0]));
    }

    private static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                new CommandLine(new Workbench())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }

    private record Result(int code, String out, String err) {}

    private static List<String> rows(Statement statement, String sql) throws Exception {
        assertThat(statement.execute(sql)).isTrue();
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.getResultSet()) {
            while (result.next()) {
                List<String> fields = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    fields.add(result.getString(i));
                }
                rows.add(String.join(" | ", fields));
            }
        }
        return rows;
    }

    private static void send(
            Producer<byte[], byte[]> producer, String topic, String key, String value) {
        producer.send(
                new ProducerRecord<>(
                        topic,
                        key.getBytes(StandardCharsets.UTF_8),
                        value.getBytes(StandardCharsets.UTF_8)));
    }

    private static String exchange(String id, String account, String ip) {
        return """
        {"exchange_id": "%s", "event_time": "2026-06-01T08:00:00Z", "account_id": "%s",
         "client_ip": "%s", "prompt": "What is the time?"}"""
                .formatted(id, account, ip);
    }

    private static String campaign(String status, int exchanges) {
        return """
        {"campaign_id": "c-1", "status": "%s", "score": 0.5, "exchanges": %d,
         "models": ["m-large", "m-next"], "updated_at": "2026-06-01T09:00:00.000Z"}"""
                .formatted(status, exchanges);
    }
}
