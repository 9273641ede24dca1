package io.distillwatch.workbench.evaluate;

import io.distillwatch.workbench.evaluate.Statistics.Interval;
import io.distillwatch.workbench.score.AccountScore;
import io.distillwatch.workbench.score.Score;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One detector on one scenario, over all seeds. What a detector does not have is {@code null}: a
 * baseline knows accounts, no campaigns.
 *
 * @param runs seeds that were run to the end
 * @param planted campaigns over all runs
 * @param flagged of these
 * @param flaggedInterval Wilson, 95 %
 * @param leakage median over planted campaigns
 * @param leakageInterval of the median
 * @param hoursToFlag median over flagged campaigns
 * @param pieces most flagged campaigns for one planted
 * @param recallMean of members; a campaign that was never flagged counts as 0
 * @param precisionMean of members, over what named any
 * @param namedInTime mean over flagged campaigns of {@link Score.Row#namedInTime}
 * @param falseFlags over all runs
 * @param ordinaryNamed over all runs
 * @param namedByKind {@code ordinaryNamed} by kind of look-alike
 */
record Row(
        String scenario,
        String detector,
        int runs,
        int planted,
        Integer flagged,
        Interval flaggedInterval,
        Double leakage,
        Interval leakageInterval,
        Double hoursToFlag,
        Integer pieces,
        Double recallMean,
        Double recallMin,
        Double precisionMean,
        Double precisionMin,
        Double namedInTime,
        Double namedInTimeMin,
        Integer falseFlags,
        long ordinaryNamed,
        Map<String, Long> namedByKind) {

    static final String DISTILLWATCH = "distillwatch";

    /** The rows of all runs: of each scenario first Distillwatch, then the baselines. */
    static List<Row> of(List<Trial.Outcome> outcomes) {
        Map<String, List<Trial.Outcome>> groups = new LinkedHashMap<>();
        outcomes.forEach(
                o -> groups.computeIfAbsent(o.trial().row(), row -> new ArrayList<>()).add(o));
        List<Row> rows = new ArrayList<>();
        groups.forEach(
                (scenario, runs) -> {
                    rows.add(detector(scenario, runs));
                    for (String baseline : runs.get(0).baselines().keySet()) {
                        rows.add(baseline(scenario, baseline, runs));
                    }
                });
        return rows;
    }

    private static Row detector(String scenario, List<Trial.Outcome> runs) {
        List<Score.Row> campaigns =
                runs.stream().flatMap(o -> o.score().campaigns().values().stream()).toList();
        int flagged = (int) campaigns.stream().filter(Score.Row::flagged).count();
        List<Double> leakage = campaigns.stream().map(Score.Row::leakage).toList();
        List<Double> recall = campaigns.stream().map(Score.Row::memberRecall).toList();
        List<Double> precision = known(campaigns.stream().map(Score.Row::memberPrecision));
        List<Double> inTime = known(campaigns.stream().map(Score.Row::namedInTime));
        return new Row(
                scenario,
                DISTILLWATCH,
                runs.size(),
                campaigns.size(),
                flagged,
                campaigns.isEmpty() ? null : Statistics.wilson(flagged, campaigns.size()),
                Statistics.median(leakage),
                Statistics.medianInterval(leakage),
                Statistics.median(known(campaigns.stream().map(Score.Row::hoursToFlag))),
                campaigns.stream().map(Score.Row::pieces).max(Integer::compare).orElse(null),
                Statistics.mean(recall),
                Statistics.least(recall),
                Statistics.mean(precision),
                Statistics.least(precision),
                Statistics.mean(inTime),
                Statistics.least(inTime),
                runs.stream().mapToInt(o -> o.score().total().falseFlags()).sum(),
                runs.stream().mapToLong(o -> o.score().total().ordinaryNamed()).sum(),
                sum(runs, o -> o.score().total().namedByKind()));
    }

    private static Row baseline(String scenario, String name, List<Trial.Outcome> runs) {
        List<AccountScore> scores = runs.stream().map(o -> o.baselines().get(name)).toList();
        List<Double> recall = known(scores.stream().map(AccountScore::recall));
        List<Double> precision = known(scores.stream().map(AccountScore::precision));
        return new Row(
                scenario,
                name,
                runs.size(),
                runs.stream().mapToInt(o -> o.score().campaigns().size()).sum(),
                null,
                null,
                null,
                null,
                null,
                null,
                Statistics.mean(recall),
                Statistics.least(recall),
                Statistics.mean(precision),
                Statistics.least(precision),
                null,
                null,
                null,
                scores.stream().mapToLong(AccountScore::ordinaryNamed).sum(),
                sum(runs, o -> o.baselines().get(name).namedByKind()));
    }

    private static List<Double> known(Stream<Double> values) {
        return values.filter(Objects::nonNull).toList();
    }

    private static Map<String, Long> sum(
            Collection<Trial.Outcome> runs, Function<Trial.Outcome, Map<String, Long>> kinds) {
        Map<String, Long> sum = new TreeMap<>();
        runs.forEach(run -> kinds.apply(run).forEach((kind, n) -> sum.merge(kind, n, Long::sum)));
        return sum;
    }
}
