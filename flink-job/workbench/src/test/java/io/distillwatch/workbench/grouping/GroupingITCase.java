package io.distillwatch.workbench.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distillwatch.workbench.Workbench;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The job's graph on a handful of acts. */
final class GroupingITCase {

    private static final long PANE = 300_000;
    private static final long DAY = 86_400_000;
    private static final long START = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();

    @TempDir private Path directory;

    private final List<Act> acts = new ArrayList<>();

    /** Accounts from the first to the last act on a target, one a pane or all in one. */
    private GroupingITCase act(String target, int first, int last, long from, long step) {
        for (int i = first; i <= last; i++) {
            acts.add(new Act("a" + i, target, from + (i - first) * step));
        }
        return this;
    }

    private List<Set<String>> groups() throws IOException {
        acts.sort(Comparator.comparingLong(Act::time));
        return GroupingStage.groups(acts, GroupingStage.settings());
    }

    @Test
    void aGroupBeginsWhenItsTargetIsPopularAndEndsWhenItIsForgotten() throws IOException {
        // The first account leaves its mark, the next six make six: the seventh begins the group.
        act("slow", 1, 12, START, PANE);
        // Still the same: within the memory of seven days.
        act("slow", 13, 13, START + 6 * DAY, PANE);
        // Anew, all in one pane.
        act("slow", 21, 26, START + 16 * DAY, 0);
        // Six accounts in a pane are popular at once, five are not.
        act("six", 31, 36, START, 0);
        act("five", 41, 45, START, 0);
        // Twelve accounts, each after the one before has been forgotten.
        act("rare", 51, 62, START, 9 * DAY);

        assertThat(groups())
                .containsExactlyInAnyOrder(
                        Set.of("a7", "a8", "a9", "a10", "a11", "a12", "a13"),
                        Set.of("a21", "a22", "a23", "a24", "a25", "a26"),
                        Set.of("a31", "a32", "a33", "a34", "a35", "a36"));
    }

    @Test
    void theCommandPrintsAndWritesBothDetectors() throws IOException {
        act("one", 1, 6, START, 0).act("two", 1, 6, START + DAY, 0).act("three", 3, 9, START, 0);
        StringBuilder csv = new StringBuilder("account,target,time\n");
        for (Act act : acts) {
            csv.append(act.account() + ',' + act.target() + ',');
            csv.append(Instant.ofEpochMilli(act.time())).append('\n');
        }
        Path input = Files.writeString(directory.resolve("acts.csv"), csv);
        Path json = directory.resolve("comparison.json");
        StringWriter out = new StringWriter();

        int code =
                new CommandLine(new Workbench())
                        .setOut(new PrintWriter(out, true))
                        .execute(
                                "grouping", "--input", input.toString(), "--json", json.toString());

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("19 acts of 9 accounts on 3 targets; groups of 6 accounts or more.")
                .contains("| grouping stage | 7 d | 3 | 9 | 6.0 | 7 | – | – | – |")
                .contains(
                        "| lock-step | 1 h | 1 | 6 | 6.0 | 6 | 1 of 1 (100.0 %) | 6 of 6 (100.0 %) | 15 of 15 (100.0 %) |");
        JsonNode rows = new ObjectMapper().readTree(json.toFile()).path("rows");
        assertThat(rows).hasSize(5);
    }
}
