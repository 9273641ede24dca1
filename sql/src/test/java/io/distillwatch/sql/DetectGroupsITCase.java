package io.distillwatch.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A what-if detection over tables of exchanges that never were in a topic. */
@ExtendWith(AnalystWorld.Shared.class)
class DetectGroupsITCase {

    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final DateTimeFormatter SQL_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final long MINUTE = 60_000;
    private static final String SCORE_ALONE =
            "flag_threshold => CAST(0.0 AS DOUBLE), min_accounts => 5, min_exchanges => 20,"
                    + " required_axes => 0, ";

    private static SqlSession session;
    @TempDir private static Path files;

    @BeforeAll
    static void start(AnalystWorld world) throws Exception {
        session = world.session(Map.of());
        session.run("SET 'execution.runtime-mode' = 'streaming'");
        Files.write(files.resolve("log.csv"), log());
        session.run(
                "CREATE TEMPORARY TABLE log (exchange_key STRING, event_time TIMESTAMP_LTZ(3),"
                        + " account_id STRING, family STRING, prompt STRING, ip_prefix STRING,"
                        + " payment STRING, region STRING, tags ARRAY<STRING>,"
                        + " WATERMARK FOR event_time AS event_time)"
                        + " WITH ('connector' = 'filesystem', 'format' = 'csv', 'path' = '"
                        + files.resolve("log.csv")
                        + "')");
    }

    @AfterAll
    static void stop() {
        session.close();
    }

    @Test
    void groupsByTheColumnsThatAreNamed() {
        assertThat(last(detect("TABLE log", "group_by => DESCRIPTOR(family), " + SCORE_ALONE)))
                .containsOnlyKeys("queue", "app");
        assertThat(last(detect("TABLE log", "group_by => DESCRIPTOR(payment), " + SCORE_ALONE)))
                .containsOnlyKeys("card-0", "card-1");
        assertThat(
                        last(
                                detect(
                                        "TABLE log",
                                        "group_by => DESCRIPTOR(family, region), " + SCORE_ALONE)))
                .containsOnlyKeys("queue + east", "app + east", "app + west");
    }

    @Test
    void thresholdsLeftOutAreThoseOfTheJob() {
        List<String> left = detect("TABLE log", "group_by => DESCRIPTOR(family), ");
        assertThat(left)
                .isNotEmpty()
                .isEqualTo(
                        detect(
                                "TABLE log",
                                "group_by => DESCRIPTOR(family),"
                                        + " flag_threshold => CAST(0.5 AS DOUBLE),"
                                        + " min_accounts => 12, min_exchanges => 40,"
                                        + " required_axes => 3, "));
        assertThat(detect("TABLE log", "group_by => DESCRIPTOR(family), required_axes => 7, "))
                .isEmpty();
    }

    @Test
    void drawsOrdinaryTrafficFromTheSameTable() {
        String grouped = "group_by => DESCRIPTOR(family), " + SCORE_ALONE;
        String among = last(detect("TABLE log", grouped)).get("queue");
        String alone =
                last(detect("(SELECT * FROM log WHERE family = 'queue')", grouped)).get("queue");

        assertThat(among).isNotNull();
        assertThat(alone).isNotNull().isNotEqualTo(among);
    }

    @Test
    void eachPartitionIsAWorldOfItsOwn() {
        String grouped = "group_by => DESCRIPTOR(family), " + SCORE_ALONE;
        List<String> apart = new ArrayList<>();
        for (String region : List.of("east", "west")) {
            detect("(SELECT * FROM log WHERE region = '" + region + "')", grouped)
                    .forEach(row -> apart.add(region + " | " + row));
        }
        assertThat(rows(query("region, ", "TABLE log PARTITION BY region", grouped)))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(apart);
    }

    @Test
    void namesTheArgumentThatIsWrong() {
        refuses("TABLE log", "group_by => DESCRIPTOR(colour), ", "colour");
        refuses(
                "TABLE log",
                "group_by => DESCRIPTOR(tags), ",
                "DETECT_GROUPS: group_by holds more than one value: tags");
        refuses(
                "TABLE log",
                "group_by => DESCRIPTOR(family), flag_threshold => CAST(30 AS DOUBLE), ",
                "DETECT_GROUPS: flag_threshold is 30.0, allowed is 0.0 to 1.0");
        refuses(
                "(SELECT event_time, family FROM log)",
                "group_by => DESCRIPTOR(family), ",
                "DETECT_GROUPS: input has no column account_id");
    }

    private static void refuses(String input, String arguments, String message) {
        assertThatThrownBy(() -> detect(input, arguments))
                .isInstanceOf(SqlFailure.class)
                .hasMessageContaining(message);
    }

    /** The last row of each candidate, without its time. */
    private static Map<String, String> last(List<String> rows) {
        Map<String, String> last = new TreeMap<>();
        for (String row : rows) {
            String[] parts = row.split(" \\| ", 3);
            last.put(parts[0], parts[2]);
        }
        return last;
    }

    private static List<String> detect(String input, String arguments) {
        return rows(query("", input, arguments));
    }

    private static String query(String more, String input, String arguments) {
        return "SELECT "
                + more
                + "candidate, assessed_at, accounts, exchanges, score, axes, evidence, members"
                + " FROM DETECT_GROUPS(input => "
                + input
                + ", "
                + arguments
                + "on_time => DESCRIPTOR(event_time))";
    }

    private static List<String> rows(String statement) {
        try (SqlResult result = session.execute(statement)) {
            return ResultText.of(result);
        }
    }

    /**
     * Three hours: twenty accounts that share a queue evenly, an app's six hundred users, who are
     * busy in bursts, and people who have nothing in common.
     */
    private static List<String> log() {
        Random random = new Random(1);
        TreeMap<Long, String> lines = new TreeMap<>();
        for (int i = 0; i < 600; i++) {
            int account = random.nextInt(20);
            add(
                    lines,
                    i * 18_000L,
                    "q" + account,
                    "queue",
                    "q-" + i,
                    "card-" + account % 2,
                    "east");
        }
        for (int user = 0; user < 600; user++) {
            String region = user % 2 == 0 ? "east" : "west";
            long at = (long) (random.nextDouble() * 150 * MINUTE);
            for (int i = 0; i < 1 + random.nextInt(8); i++) {
                at += MINUTE / 2 + random.nextInt(100_000);
                add(lines, at, "u" + user, "app", "a-" + random.nextInt(40), "", region);
            }
            add(lines, at, "u" + user, "own-" + user, "own-" + user, "", region);
        }
        return List.copyOf(lines.values());
    }

    private static void add(
            TreeMap<Long, String> lines,
            long offset,
            String account,
            String family,
            String prompt,
            String payment,
            String region) {
        long at = offset;
        while (lines.containsKey(at)) {
            at++;
        }
        lines.put(
                at,
                String.join(
                        ",",
                        "k" + lines.size(),
                        SQL_TIME.format(START.plusMillis(at)),
                        account,
                        family,
                        prompt,
                        "198.51." + Math.floorMod(account.hashCode(), 256) + ".0/24",
                        payment,
                        region,
                        "a;b"));
    }
}
