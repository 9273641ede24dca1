package io.distillwatch.evidence;

import io.distillwatch.policy.DetectionPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Combines evidence into a score. Of each axis the strongest signal counts, times its weight; the
 * sum goes through a logistic function.
 *
 * <p>A score alone never flags. Demanded are the policy's number of axes that hold by themselves,
 * and that they speak of a campaign and not of a service or a fleet ({@link Demands}). A group
 * whose exchanges come from a handful of its accounts is those few accounts and their passers-by,
 * whatever else it shows; one that repeats itself as people do, or belongs to one organisation, is
 * none either.
 */
public final class Assessor {

    /** An axis holds by itself from this score on. */
    public static final double HOLDS = 0.5;

    /* Sum of weighted axes at which the score is 0.5: about three axes in full. */
    static final double MIDDLE = 2.4;
    static final double STEEPNESS = 2.5;

    /* A customer may generate what it likes with its own accounts: one organisation is no campaign. */
    static final double ONE_ORGANIZATION = 0.8;

    private static final List<Statistic> STATISTICS =
            List.of(
                    new WorkPartition(),
                    new ContentEntropy(),
                    new LoadEvenness(),
                    new SessionlessGaps(),
                    new FlatRhythm(),
                    new DispatchedTiming(),
                    new SteadyStream(),
                    new CoActivation(),
                    new ModelPivot(),
                    new SessionShape(),
                    new ConservedUnderChurn(),
                    new HandOff(),
                    new Elicitation(),
                    new DistributionShift(),
                    new InfrastructureSpread(),
                    new BirthClustering());

    private Assessor() {}

    /** Assesses a group; pure. */
    public static Assessment assess(
            GroupStatistics group, Baseline ordinary, DetectionPolicy policy) {
        List<Evidence> evidence = new ArrayList<>();
        for (Statistic statistic : STATISTICS) {
            for (Evidence found : statistic.measure(group, ordinary)) {
                if (weight(found.signal(), policy) > 0) {
                    evidence.add(found);
                }
            }
        }
        Map<Axis, Evidence> strongest = new EnumMap<>(Axis.class);
        for (Evidence found : evidence) {
            strongest.merge(
                    found.signal().axis(),
                    found,
                    (one, two) -> weighted(one, policy) >= weighted(two, policy) ? one : two);
        }
        double sum = strongest.values().stream().mapToDouble(e -> weighted(e, policy)).sum();
        Set<Axis> axes = EnumSet.noneOf(Axis.class);
        for (Evidence found : evidence) {
            if (found.score() >= HOLDS) {
                axes.add(found.signal().axis());
            }
        }
        double score = 1 / (1 + Math.exp(-STEEPNESS * (sum - MIDDLE)));
        boolean flagged =
                score >= policy.flagThreshold()
                        && axes.size() >= policy.requiredAxes()
                        && Demands.met(group, axes, evidence)
                        && group.load().carriers() >= LoadEvenness.MIN_CARRIERS
                        && !WorkPartition.contradicts(group)
                        && group.infrastructure().largestOrganization() < ONE_ORGANIZATION;
        evidence.sort(
                Comparator.comparingDouble((Evidence e) -> -weighted(e, policy))
                        .thenComparing(Evidence::signal));
        return new Assessment(score, flagged, List.copyOf(axes), evidence);
    }

    private static double weighted(Evidence evidence, DetectionPolicy policy) {
        return evidence.score() * weight(evidence.signal(), policy);
    }

    private static double weight(Signal signal, DetectionPolicy policy) {
        return policy.weights().getOrDefault(signal.signalName(), signal.weight());
    }
}
