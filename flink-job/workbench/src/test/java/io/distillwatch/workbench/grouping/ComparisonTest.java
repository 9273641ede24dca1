package io.distillwatch.workbench.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Duration WEEK = Duration.ofDays(7);

    private static final List<Act> ACTS = List.of(new Act("a", "t1", 0), new Act("b", "t2", 0));

    /** The stage has a, b, c and a, d; lock-step a, b, c, d and x, y. */
    private static Comparison comparison() {
        LockStep.Found found =
                new LockStep.Found(
                        List.of(Set.of("a", "b", "c", "d"), Set.of("x", "y")),
                        List.of(
                                new LockStep.Link("a", "b"),
                                new LockStep.Link("b", "d"),
                                new LockStep.Link("a", "d"),
                                new LockStep.Link("x", "y")));
        return Comparison.of(
                ACTS,
                2,
                List.of(Set.of("a", "b", "c"), Set.of("x"), Set.of("a", "d")),
                WEEK,
                Map.of(Duration.ofHours(1), found));
    }

    @Test
    void countsGroupsThatAreLargeEnoughAndEachAccountOnce() {
        assertThat(comparison().rows().get(0))
                .isEqualTo(new Comparison.Row(Comparison.GROUPING_STAGE, 168, 2, 4, 2.5, 3, null));
    }

    @Test
    void tellsWhichAccountsAndPairsOfLockStepTheStageHasTogether() {
        assertThat(comparison().rows().get(1))
                .isEqualTo(
                        new Comparison.Row(
                                Comparison.LOCK_STEP,
                                1,
                                2,
                                6,
                                3.0,
                                4,
                                // b and d are both grouped, but nowhere together
                                new Comparison.Agreement(1, 4, 4, 2)));
    }

    @Test
    void theTableAndTheJsonSayTheSame() throws IOException {
        assertThat(comparison().markdown())
                .startsWith("2 acts of 2 accounts on 2 targets; groups of 2 accounts or more.")
                .contains("| grouping stage | 7 d | 2 | 4 | 2.5 | 3 | – | – | – |")
                .contains(
                        "| lock-step | 1 h | 2 | 6 | 3.0 | 4 | 1 of 2 (50.0 %) | 4 of 6 (66.7 %) | 2 of 4 (50.0 %) |");

        JsonNode row = new ObjectMapper().readTree(comparison().json()).at("/rows/1");
        assertThat(row.path("window_hours").asLong()).isEqualTo(1);
        assertThat(row.at("/agreement/links_together").asInt()).isEqualTo(2);
    }

    @Test
    void nothingFoundIsNoShareOfAnything() {
        Comparison nothing =
                Comparison.of(
                        ACTS,
                        2,
                        List.of(),
                        WEEK,
                        Map.of(WEEK, new LockStep.Found(List.of(), List.of())));

        assertThat(nothing.markdown())
                .contains("| lock-step | 7 d | 0 | 0 | 0.0 | 0 | – | – | – |");
    }
}
