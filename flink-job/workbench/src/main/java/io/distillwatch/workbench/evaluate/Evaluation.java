package io.distillwatch.workbench.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.distillwatch.workbench.evaluate.Statistics.Interval;
import io.distillwatch.workbench.score.AccountScore;
import io.distillwatch.workbench.score.Score;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The result of a matrix.
 *
 * @param ownTexts whether all texts were the simulator's own, none of them real
 * @param failed runs without a result, each with its reason
 */
record Evaluation(
        double days,
        int ordinary,
        List<Long> seeds,
        boolean ownTexts,
        List<Row> rows,
        List<Run> runs,
        List<String> failed) {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    private static final String NONE = "–";

    /** One run as it was scored. */
    record Run(
            String row,
            long seed,
            long exchanges,
            Score score,
            Map<String, AccountScore> baselines) {}

    static Evaluation of(
            Traffic traffic, List<Long> seeds, List<Trial.Outcome> outcomes, List<String> failed) {
        return new Evaluation(
                traffic.days(),
                traffic.ordinary(),
                seeds,
                traffic.texts().isEmpty(),
                Row.of(outcomes),
                outcomes.stream()
                        .map(
                                o ->
                                        new Run(
                                                o.trial().row(),
                                                o.trial().seed(),
                                                o.exchanges(),
                                                o.score(),
                                                o.baselines()))
                        .toList(),
                failed);
    }

    /** Everything, for programs. */
    byte[] json() throws JsonProcessingException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    /** The table, for people. */
    String markdown() {
        StringBuilder out = new StringBuilder();
        out.append(
                String.format(
                        Locale.ROOT,
                        """
                        # Evaluation

                        %s days, %,d ordinary accounts, seeds %s, %s texts; every run from its own traffic.

                        | scenario | detector | flagged | leakage | hours to flag | pieces | recall | precision | named in time | false flags | ordinary named | by kind |
                        |---|---|---|---|---|---|---|---|---|---|---|---|
                        """,
                        days,
                        ordinary,
                        seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                        ownTexts ? "generated" : "real"));
        rows.forEach(row -> out.append(line(row)));
        out.append(
                String.format(
                        """

                        Flagged: planted campaigns over all seeds, with Wilson's 95 %% interval. Leakage and hours to flag (from a
                        campaign's first exchange): median; in brackets the 95 %% bootstrap interval of the median, the least and greatest
                        value where there are fewer than %d campaigns. Pieces: most flagged campaigns for one planted. Recall and precision:
                        mean (least), over the members of each planted campaign for %s, over all planted accounts of a run for
                        the baselines, which know no campaigns and look back from the end of the traffic. Named in time: of the accounts that
                        sent ten exchanges, those named within two hours of the tenth, or of the flag where that came later: mean (least) over
                        flagged campaigns. Ordinary named: sum over all seeds.
                        """,
                        Statistics.BOOTSTRAP_FROM, Row.DISTILLWATCH));
        if (!failed.isEmpty()) {
            out.append("\nNot in the table, because they failed:\n\n");
            failed.forEach(run -> out.append("- ").append(run).append('\n'));
        }
        return out.toString();
    }

    private static String line(Row row) {
        return String.join(
                        " | ",
                        "| " + row.scenario(),
                        row.detector(),
                        flagged(row),
                        row.leakage() == null
                                ? NONE
                                : percent(row.leakage()) + interval(row.leakageInterval()),
                        row.hoursToFlag() == null
                                ? NONE
                                : String.format(Locale.ROOT, "%.1f", row.hoursToFlag()),
                        text(row.pieces()),
                        shares(row.recallMean(), row.recallMin()),
                        shares(row.precisionMean(), row.precisionMin()),
                        shares(row.namedInTime(), row.namedInTimeMin()),
                        text(row.falseFlags()),
                        String.valueOf(row.ordinaryNamed()),
                        kinds(row.namedByKind()))
                + " |\n";
    }

    private static String flagged(Row row) {
        if (row.flaggedInterval() == null) {
            return NONE;
        }
        return row.flagged() + " of " + row.planted() + interval(row.flaggedInterval());
    }

    private static String interval(Interval interval) {
        return " [" + percent(interval.low()) + ", " + percent(interval.high()) + "]";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static String shares(Double mean, Double least) {
        return mean == null ? NONE : String.format(Locale.ROOT, "%.3f (%.3f)", mean, least);
    }

    private static String text(Integer count) {
        return count == null ? NONE : count.toString();
    }

    private static String kinds(Map<String, Long> kinds) {
        return kinds.isEmpty()
                ? NONE
                : kinds.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue())
                        .collect(Collectors.joining(", "));
    }
}
