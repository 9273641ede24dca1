package io.distillwatch.workbench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.distillwatch.evidence.Signal;
import io.distillwatch.workbench.score.AccountScore;
import io.distillwatch.workbench.score.Score;
import io.distillwatch.workbench.simulate.ArrivalTraces;
import io.distillwatch.workbench.simulate.text.Corpora;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final Traffic TRAFFIC =
            new Traffic(1, 100, Corpora.none(), ArrivalTraces.none());

    private static Trial.Outcome outcome(Variant variant, long seed, Score.Row campaign) {
        return new Trial.Outcome(
                new Trial("small30", variant, seed),
                500,
                new Score(
                        Map.of("small30", campaign),
                        new Score.Total(1, 1, 0, 2, 100, 0.02, Map.of("judge_app", 2L)),
                        List.of()),
                Map.of("volume", new AccountScore(0.5, null, 0, Map.of())));
    }

    @Test
    void wilsonIsSoundAtBothEnds() {
        Statistics.Interval half = Statistics.wilson(5, 10);
        assertThat(half.low()).isCloseTo(0.2366, within(1e-4));
        assertThat(half.high()).isCloseTo(0.7634, within(1e-4));
        assertThat(Statistics.wilson(3, 3).low()).isCloseTo(0.4385, within(1e-4));
        assertThat(Statistics.wilson(3, 3).high()).isCloseTo(1, within(1e-12));
        assertThat(Statistics.wilson(0, 3).low()).isCloseTo(0, within(1e-12));
    }

    @Test
    void fewValuesHaveARangeAndManyABootstrap() {
        assertThat(Statistics.medianInterval(List.of(3.0, 1.0, 2.0)))
                .isEqualTo(new Statistics.Interval(1, 3));
        List<Double> many = IntStream.range(0, 101).mapToObj(i -> (double) i).toList();
        Statistics.Interval interval = Statistics.medianInterval(many);
        assertThat(interval.low()).isBetween(30.0, 49.0);
        assertThat(interval.high()).isBetween(51.0, 70.0);
    }

    @Test
    void aRowSpeaksOfAllSeeds() {
        Score.Row found = new Score.Row(true, 2, 0.1, 10L, 4.0, 0.8, 1.0, 0.9, 30, 100);
        Score.Row missed = new Score.Row(false, 0, 1.0, null, null, 0.0, null, null, 30, 100);
        List<Trial.Outcome> outcomes =
                List.of(outcome(Variant.PLAIN, 1, found), outcome(Variant.PLAIN, 2, missed));

        String table =
                Evaluation.of(TRAFFIC, List.of(1L, 2L), outcomes, List.of("x, seed 3: why"))
                        .markdown();

        assertThat(table)
                .contains(
                        "| small30 | distillwatch | 1 of 2 [9.5 %, 90.5 %] | 55.0 % [10.0 %, 100.0 %]"
                                + " | 4.0 | 2 | 0.400 (0.000) | 1.000 (1.000) | 0.900 (0.900) | 0 | 4 | judge_app 4 |")
                .contains(
                        "| small30 | volume | – | – | – | – | 0.500 (0.500) | – | – | – | 0 | – |")
                .contains("- x, seed 3: why");
    }

    @Test
    void variantsAreNamedAndWeighed() {
        Variant ablation = new Variant(null, Signal.HAND_OFF);
        assertThat(ablation.row("small30")).isEqualTo("small30 / without hand_off");
        assertThat(ablation.policy().weights()).isEqualTo(Map.of("hand_off", 0.0));
        assertThat(new Variant(Audit.SWAPPED_TEXTS, null).row("small30"))
                .isEqualTo("small30 / swapped-texts");
    }
}
