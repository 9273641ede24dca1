package io.distillwatch.workbench.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distillwatch.kafka.KafkaTopics;
import io.distillwatch.sql.SqlFiles;
import io.distillwatch.workbench.Workbench;
import io.distillwatch.workbench.cluster.EmbeddedBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A session as an analyst has it: by the command, over JDBC with Flink's own driver, by REST. */
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
    void restFindsTheSameCatalog() throws Exception {
        String gate = "http://localhost:" + gateway.port();
        String session =
                "/v1/sessions/" + post(gate + "/v1/sessions", "{}").path("sessionHandle").asText();
        restRows(gate, session, "USE CATALOG distillwatch");
        assertThat(restRows(gate, session, "SELECT status FROM distillation_campaigns"))
                .containsExactly("CLOSED");
    }

    @Test
    void runsTheStatementsOfAFile(@TempDir Path directory) throws Exception {
        Path file =
                Files.writeString(
                        directory.resolve("two.sql"),
                        "-- two; statements\nCREATE TEMPORARY VIEW still_open AS SELECT * FROM"
                                + " distillation_campaigns_changes WHERE status = 'OPEN';\n"
                                + "SELECT COUNT(*) AS changes FROM still_open;\n");
        Result result = sql("-f", file.toString(), "--format", "csv");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualToIgnoringNewLines("changes\n2\n");
        assertThat(result.code()).isZero();
    }

    @Test
    void passesOverWhatCannotBeReadAndCountsIt() {
        assertThat(sql("-e", "SELECT COUNT(*) AS n FROM llm_exchanges", "--format", "csv").out())
                .isEqualToIgnoringNewLines("n\n2\n");
        assertThat(
                        sql(
                                        "-e",
                                        SqlFiles.read("queries/unreadable_records.sql"),
                                        "--format",
                                        "csv")
                                .out()
                                .lines())
                .contains("llm-exchanges,3,1,2");
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

        Result argument = sql("-e", "SELECT IP_PREFIX('203.0.113.7', 40, 48)");
        assertThat(argument.code()).isEqualTo(1);
        assertThat(argument.err().lines())
                .containsExactly("IP_PREFIX: ipv4_bits is 40, allowed is 0 to 32");

        Result unreachable = run("sql", "--bootstrap-servers", "localhost:1", "-e", "SHOW TABLES");
        assertThat(unreachable.code()).isEqualTo(1);
        assertThat(unreachable.err().lines()).hasSize(1);
        assertThat(unreachable.err()).contains("no Kafka broker answers at localhost:1");

        Result unread = run("sql", "-f", "no-such-file.sql");
        assertThat(unread.code()).isEqualTo(2);
        assertThat(unread.err()).contains("-f no-such-file.sql: no file that can be read");
    }

    private static List<String> restRows(String gate, String session, String statement)
            throws Exception {
        String operation =
                post(gate + session + "/statements", "{\"statement\": \"" + statement + "\"}")
                        .path("operationHandle")
                        .asText();
        List<String> rows = new ArrayList<>();
        String page = session + "/operations/" + operation + "/result/0";
        while (!page.isEmpty()) {
            JsonNode result = request(HttpRequest.newBuilder(URI.create(gate + page)).build());
            result.path("results")
                    .path("data")
                    .forEach(row -> rows.add(row.path("fields").path(0).asText()));
            page = result.path("nextResultUri").asText("");
        }
        return rows;
    }

    private static JsonNode post(String url, String body) throws Exception {
        return request(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    private static JsonNode request(HttpRequest request) throws Exception {
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
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
                    // The driver's getString is for text only.
                    fields.add(String.valueOf(result.getObject(i)));
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
