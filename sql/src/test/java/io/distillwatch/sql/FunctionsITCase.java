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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The functions as README.md tells of them. */
@ExtendWith(AnalystWorld.Shared.class)
class FunctionsITCase {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (`[A-Z_]+\\(.*?`)? ?\\| .*?\\| `(.+?)` \\| `(.+?)` \\|$");
    private static final Pattern REGISTERED = Pattern.compile("CREATE FUNCTION (\\w+) AS");
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([A-Z_]+)\\(");

    private static SqlSession session;

    @BeforeAll
    static void start(AnalystWorld world) throws Exception {
        session = world.session(Map.of());
    }

    @AfterAll
    static void stop() {
        session.close();
    }

    @Test
    void documentsWhatIsRegisteredAndNothingElse() throws IOException {
        Set<String> registered =
                REGISTERED
                        .matcher(SqlFiles.read("functions/functions.sql"))
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented =
                DOCUMENTED
                        .matcher(readme())
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isEqualTo(registered);
        assertThat(rows("SHOW USER FUNCTIONS"))
                .containsExactlyInAnyOrderElementsOf(
                        registered.stream().map(String::toLowerCase).toList());
    }

    @Test
    void listsEveryQuery() throws IOException {
        List<String> listed =
                Pattern.compile("(?m)^\\| `(\\w+\\.sql)` \\|")
                        .matcher(readme())
                        .results()
                        .map(found -> "queries/" + found.group(1))
                        .toList();
        assertThat(listed).isEqualTo(SqlFiles.list("queries"));
    }

    @TestFactory
    Stream<DynamicTest> givesWhatTheExampleSays() throws IOException {
        List<MatchResult> examples = ROW.matcher(readme()).results().toList();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(13);
        return examples.stream()
                .map(
                        example ->
                                DynamicTest.dynamicTest(
                                        example.group(2),
                                        () ->
                                                assertThat(plain("SELECT " + example.group(2)))
                                                        .isEqualTo(example.group(3))));
    }

    @Test
    void takesNullForNull() {
        String text = "CAST(NULL AS STRING)";
        String sketch = "CAST(NULL AS BYTES)";
        List<String> calls =
                List.of(
                        "IP_PREFIX(" + text + ")",
                        "IP_PREFIX('203.0.113.7', CAST(NULL AS INT), 48)",
                        "IP_PREFIX('no address')",
                        "PROMPT_FINGERPRINT(" + text + ")",
                        "PROMPT_FAMILY(" + text + ", 'secret')",
                        "PROMPT_FAMILY('prompt', " + text + ")",
                        "EVENT_TIME(" + text + ")",
                        "EVENT_TIME('tomorrow')",
                        "READ_EXCHANGE(" + sketch + ")",
                        "SKETCH_ESTIMATE(" + sketch + ")",
                        "SKETCH_UNION(" + sketch + ", " + sketch + ")",
                        "SKETCH_OVERLAP(" + sketch + ", " + sketch + ")",
                        "(SELECT ENTROPY(v) FROM (VALUES (" + text + ")) AS t (v))",
                        "(SELECT TOP_SHARE(v) FROM (VALUES (" + text + ")) AS t (v))");
        assertThat(rows("SELECT " + String.join(", ", calls)))
                .containsExactly(String.join(" | ", calls.stream().map(call -> "null").toList()));
        assertThat(
                        rows(
                                "SELECT SKETCH_ESTIMATE(DISTINCT_SKETCH(v)) FROM (VALUES ("
                                        + text
                                        + ")) AS t (v)"))
                .containsExactly("0");
    }

    @Test
    void namesTheFunctionAndTheArgumentThatIsWrong() {
        refused("IP_PREFIX('203.0.113.7', 24, 129)")
                .isEqualTo("IP_PREFIX: ipv6_bits is 129, allowed is 0 to 128");
        refused("PROMPT_FAMILY('prompt', '')").isEqualTo("PROMPT_FAMILY: secret is empty");
        refused("SKETCH_ESTIMATE(CAST('no sketch' AS BYTES))")
                .isEqualTo(
                        "SKETCH_ESTIMATE: the bytes are not a sketch; DISTINCT_SKETCH makes one");
        refused("IP_PREFIX(7)").contains("IP_PREFIX(");
    }

    @Test
    void countsManyValuesWithinItsError() {
        List<String> estimate =
                rows(
                        "SELECT SKETCH_ESTIMATE(DISTINCT_SKETCH(CAST(a.n * 100 + b.n AS STRING)))"
                                + " FROM ("
                                + numbers()
                                + ") AS a CROSS JOIN ("
                                + numbers()
                                + ") AS b");
        // Five standard errors of 2.44 % of 10,000: once in two million seeds by chance.
        assertThat(Long.parseLong(estimate.get(0))).isBetween(8_780L, 11_220L);
    }

    private static String numbers() {
        List<String> rows = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            rows.add("(" + n + ")");
        }
        return "SELECT n FROM (VALUES " + String.join(", ", rows) + ") AS t (n)";
    }

    private static org.assertj.core.api.AbstractStringAssert<?> refused(String call) {
        String[] message = new String[1];
        assertThatThrownBy(() -> rows("SELECT " + call))
                .isInstanceOf(SqlFailure.class)
                .satisfies(failure -> message[0] = failure.getMessage());
        return assertThat(message[0]);
    }

    private static String plain(String query) {
        try (SqlResult result = session.execute(query)) {
            return String.valueOf(result.external(result.next()).getField(0));
        }
    }

    private static List<String> rows(String statement) {
        try (SqlResult result = session.execute(statement)) {
            return ResultText.of(result);
        }
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
