package io.distillwatch.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every file of {@code sql/}, run on a cluster against a broker with a small recorded set. */
@ExtendWith(AnalystWorld.Shared.class)
class QueriesITCase {

    private static final Pattern HEADER =
            Pattern.compile(
                    "-- Question: .+\\n(--           .+\\n)*"
                            + "-- Output:   .+\\n(--           .+\\n)*"
                            + "-- Assumes:  .+\\n(--           .+\\n)*"
                            + "-- Runs in:  (now|live|now, live)\\n[^-][\\s\\S]*");

    /** What the plan of a query that goes on for ever must show. */
    private static final Map<String, List<String>> SHAPES =
            Map.of(
                    "traffic_by_hour", List.of("LocalWindowAggregate", "GlobalWindowAggregate"),
                    "new_families_by_hour",
                            List.of("LocalWindowAggregate", "GlobalWindowAggregate", "WindowRank"),
                    "dead_letters_by_reason",
                            List.of("LocalWindowAggregate", "GlobalWindowAggregate"),
                    "machine_rhythm", List.of("Match(partitionBy=[account_id]"),
                    "replacement_accounts",
                            List.of("ChangelogNormalize(key=[campaign_id, account_id]"),
                    "what_if", List.of("ProcessTableFunction"));

    /** Set by {@code -Dsql.record=true}: the answers of now become the expected ones. */
    private static final boolean RECORD = Boolean.getBoolean("sql.record");

    private static final Path EXPECTED = Path.of("src/test/resources/expected");

    private static AnalystWorld world;
    private static SqlSession session;
    @TempDir private static Path files;

    @BeforeAll
    static void start(AnalystWorld shared) throws Exception {
        world = shared;
        session = world.session(Map.of());
        Files.writeString(
                files.resolve("customers.csv"), "d1,free,a@example.com\nd3,trial,c@example.com\n");
        if (RECORD) {
            for (String query : queries().toList()) {
                Files.write(EXPECTED.resolve(query + ".txt"), run(query));
            }
        }
    }

    @AfterAll
    static void stop() {
        session.close();
    }

    @TestFactory
    Stream<DynamicTest> answersEachQuestionAsExpected() {
        return queries().map(query -> DynamicTest.dynamicTest(query, () -> answers(query)));
    }

    @TestFactory
    Stream<DynamicTest> answersTheSameInAStream() {
        return liveQueries()
                .map(query -> DynamicTest.dynamicTest(query, () -> answersInAStream(query)));
    }

    @TestFactory
    Stream<DynamicTest> plansWithoutAWarning() {
        return queries().map(query -> DynamicTest.dynamicTest(query, () -> plans(query)));
    }

    @TestFactory
    Stream<DynamicTest> viewsPlanInAStreamWithoutAWarning() {
        return views().map(view -> DynamicTest.dynamicTest(view, () -> plansInAStream(view)));
    }

    @TestFactory
    Stream<DynamicTest> keepsNoStateForEver() {
        return Stream.concat(liveQueries(), views())
                .map(asked -> DynamicTest.dynamicTest(asked, () -> keepsNoStateForEver(asked)));
    }

    @Test
    void everyQueryHasItsExpectedResultAndNoResultIsLeftOver() throws IOException {
        Set<String> results;
        try (Stream<Path> found = Files.list(EXPECTED)) {
            results =
                    found.map(file -> file.getFileName().toString().replace(".txt", ""))
                            .collect(Collectors.toCollection(TreeSet::new));
        }
        assertThat(results).containsExactlyElementsOf(queries().toList());
        assertThat(results).hasSizeGreaterThanOrEqualTo(15);
    }

    @Test
    void aCampaignUpdatedThreeTimesIsOneRow() {
        assertThat(
                        rows(
                                "SELECT COUNT(*) FROM distillation_campaigns_changes WHERE campaign_id = 'c-1'"))
                .containsExactly("3");
        assertThat(rows("SELECT exchanges FROM distillation_campaigns WHERE campaign_id = 'c-1'"))
                .containsExactly("62");
    }

    @Test
    void upsertTablesGiveTheLastRecordOfAKeyAsItComes() throws Exception {
        inStream(
                "live",
                () -> {
                    try (SqlResult result =
                            session.execute(
                                    "SELECT campaign_id, status, exchanges FROM"
                                            + " distillation_campaigns")) {
                        List<String> standing = new ArrayList<>();
                        // c-1, c-2 and c-3 in their last state; the unreadable record is passed
                        // over.
                        while (!new TreeSet<>(standing)
                                .equals(
                                        Set.of(
                                                "c-1 | OPEN | 62",
                                                "c-2 | DISMISSED | 4",
                                                "c-3 | MERGED | 20"))) {
                            ResultText.apply(result, standing);
                        }
                        assertThat(standing).hasSize(3);
                    }
                });
    }

    @Test
    void countsWhatCannotBeReadAndGoesOn() {
        assertThat(rows("SELECT COUNT(*) FROM llm_exchanges")).containsExactly("81");
        assertThat(
                        rows(
                                "SELECT topic, COUNT(*) FROM topic_records WHERE record IS NOT JSON"
                                        + " OBJECT GROUP BY topic"))
                .containsExactlyInAnyOrder("llm-exchanges | 1", "distillation-campaigns | 1");
        assertThat(rows("SELECT reason FROM refused_exchanges"))
                .containsExactlyInAnyOrder("not_json", "missing_field", "bad_address");
    }

    @Test
    void everyTableAndViewAnswers() {
        for (String table : rows("SHOW TABLES")) {
            String count = rows("SELECT COUNT(*) FROM `" + table + "`").get(0);
            assertThat(Integer.parseInt(count)).as(table).isPositive();
        }
    }

    @Test
    void namesAnUnknownSettingAndTheFunctionWithAWrongArgument() throws Exception {
        assertThatThrownBy(() -> world.session(Map.of("distillwatch.kafka.bootstrap", "x:1")))
                .isInstanceOf(SqlFailure.class)
                .hasMessageContaining("distillwatch.kafka.bootstrap: no such option");
        assertThatThrownBy(() -> rows("SELECT IP_PREFIX('203.0.113.7', 40, 48)"))
                .isInstanceOf(SqlFailure.class)
                .hasMessage("IP_PREFIX: ipv4_bits is 40, allowed is 0 to 32");
    }

    private static void answers(String query) throws IOException {
        assertThat(text(query)).as("header of " + query).matches(HEADER);
        assertThat(run(query)).isEqualTo(expected(query));
    }

    private static void answersInAStream(String query) throws Exception {
        inStream(
                "now",
                () -> {
                    List<String> expected = expected(query);
                    assertThat(run(query)).containsExactlyInAnyOrderElementsOf(expected);
                });
    }

    private static void plans(String query) throws Exception {
        for (String statement : statements(query)) {
            if (isSet(statement)) {
                session.run(statement);
            } else if (statement.contains("CREATE TEMPORARY TABLE")) {
                rows(
                        statement.replace(
                                "CREATE TEMPORARY TABLE", "CREATE TEMPORARY TABLE IF NOT EXISTS"));
            } else {
                // Advice on plans is for streams only: a batch plan need but be one.
                assertThat(rows("EXPLAIN " + statement)).isNotEmpty();
            }
        }
        if (!text(query).contains("live\n")) {
            return;
        }
        assertThat(SHAPES).as("add the shape of this plan to the test").containsKey(query);
        assertThat(session.configuration()).containsEntry("table.exec.state.ttl", "8 d");
        inStream(
                "live",
                () -> {
                    for (String statement : statements(query)) {
                        if (!isSet(statement)) {
                            assertThat(plan(statement))
                                    .doesNotContain("[WARNING]")
                                    .contains(SHAPES.get(query));
                        }
                    }
                });
    }

    private static void plansInAStream(String view) throws Exception {
        inStream(
                "live",
                () -> assertThat(plan("SELECT * FROM `" + view + "`")).doesNotContain("[WARNING]"));
    }

    /** Windows end by themselves; any other state has to have an end that we gave it. */
    private static void keepsNoStateForEver(String asked) throws Exception {
        inStream(
                "live",
                () -> {
                    String select =
                            SqlFiles.list("queries").contains("queries/" + asked + ".sql")
                                    ? statements(asked).stream()
                                            .filter(statement -> !isSet(statement))
                                            .findFirst()
                                            .orElseThrow()
                                    : "SELECT * FROM `" + asked + "`";
                    session.run("CREATE TEMPORARY VIEW asked AS " + select);
                    String columns =
                            rows("DESCRIBE asked").stream()
                                    .map(column -> column.split(" \\| "))
                                    .map(
                                            column ->
                                                    "`"
                                                            + column[0]
                                                            + "` "
                                                            + column[1].replace(" *ROWTIME*", ""))
                                    .collect(Collectors.joining(", "));
                    session.run(
                            "CREATE TEMPORARY TABLE answer ("
                                    + columns
                                    + ") WITH ('connector' = 'print')");
                    // Our functions hold settings, which a plan need not: it is never run.
                    session.run("SET 'table.plan.compile.catalog-objects' = 'IDENTIFIER'");
                    Path plan = files.resolve(asked + ".json");
                    try {
                        session.run(
                                "COMPILE PLAN '"
                                        + plan.toUri()
                                        + "' FOR INSERT INTO answer SELECT * FROM asked");
                    } finally {
                        session.run("DROP TEMPORARY TABLE answer");
                        session.run("DROP TEMPORARY VIEW asked");
                    }
                    assertThat(Files.readString(plan))
                            .contains("\"flinkVersion\"")
                            .doesNotContain("\"ttl\" : \"0 ms\"");
                });
    }

    private static boolean isSet(String statement) {
        Matcher set = Pattern.compile("^(RE)?SET ", Pattern.MULTILINE).matcher(statement);
        return set.find();
    }

    /**
     * The plan that runs: of an unbounded query without a sink Flink explains one that may never
     * take a row back. Flink neither gives advice on a process table function nor creates a table
     * from one; it only adds rows, so the plan is the same without.
     */
    private static String plan(String statement) {
        String explain =
                statement.contains("DETECT_GROUPS(")
                        ? "EXPLAIN "
                        : "EXPLAIN PLAN_ADVICE CREATE TABLE answer WITH ('connector' = 'print') AS ";
        return String.join("\n", rows(explain + statement));
    }

    /** The result of the file's last statement with rows, under the names of its columns. */
    private static List<String> run(String query) {
        List<String> last = new ArrayList<>();
        for (String statement : statements(query)) {
            try (SqlResult result = session.execute(statement)) {
                List<String> rows = ResultText.of(result);
                if (result.isQuery()) {
                    last.clear();
                    last.add(ResultText.header(result));
                    boolean ordered = statement.matches("[\\s\\S]*\\nORDER BY [^()]*");
                    last.addAll(ordered ? rows : rows.stream().sorted().toList());
                }
            }
        }
        session.run("DROP TEMPORARY TABLE IF EXISTS customers");
        return last;
    }

    private static List<String> rows(String statement) {
        try (SqlResult result = session.execute(statement)) {
            return ResultText.of(result);
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void inStream(String database, Work work) throws Exception {
        session.run("SET 'execution.runtime-mode' = 'streaming'");
        session.run("USE `" + database + "`");
        try {
            work.run();
        } finally {
            session.run("USE `now`");
            session.run("SET 'execution.runtime-mode' = 'batch'");
        }
    }

    private static Stream<String> queries() {
        return SqlFiles.list("queries").stream()
                .map(file -> file.replace("queries/", "").replace(".sql", ""));
    }

    private static Stream<String> liveQueries() {
        return queries().filter(query -> text(query).contains("-- Runs in:  now, live"));
    }

    private static Stream<String> views() {
        return SqlFiles.list("views").stream()
                .map(SqlFiles::read)
                .flatMap(text -> Pattern.compile("CREATE VIEW (\\w+)").matcher(text).results())
                .map(view -> view.group(1));
    }

    private static String text(String query) {
        return SqlFiles.read("queries/" + query + ".sql");
    }

    private static List<String> statements(String query) {
        return SqlScript.statements(
                text(query)
                        .replace(
                                "/var/lib/distillwatch/customers.csv",
                                files.resolve("customers.csv").toString()));
    }

    private static List<String> expected(String query) throws IOException {
        Path file = EXPECTED.resolve(query + ".txt");
        assertThat(file).as("expected result of sql/queries/%s.sql", query).exists();
        return Files.readAllLines(file);
    }
}
