package io.distillwatch.evidence;

import io.distillwatch.family.Cohort;
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
 * <p>Signals alone never flag. Demanded are: the policy's number of axes that hold by themselves;
 * work or load among them; one axis that an app which runs on a schedule for each of its users does
 * not have (intent, life, infrastructure, births); and when intent is the only one of these, that
 * time speaks too. Addresses alone are no such axis: a service that runs for its users gives them
 * its own, and its client. Where load is as uneven as people's, four axes must hold, work among
 * them, and two of intent, time and births where one hand pays. Dispatched timing stands in for a
 * telling axis where one of them at least leans the same way. A group whose exchanges come from a
 * handful of its accounts is those few accounts and their passers-by, whatever else it shows.
 */
public final class Assessor {

    /** An axis holds by itself from this score on. */
    public static final double HOLDS = 0.5;

    /* Sum of weighted axes at which the score is 0.5: about three axes in full. */
    static final double MIDDLE = 2.4;
    static final double STEEPNESS = 2.5;

    /* A customer may generate what it likes with its own accounts: one organisation is no campaign. */
    static final double ONE_ORGANIZATION = 0.8;

    /* A day but for two half-hours, which may be cut off or empty by chance. */
    private static final double DAY_HOURS = 23;

    /* How far an axis must lean for dispatched timing to stand in for it. */
    static final double LEANS = 0.25;

    /* A company pays by one card or two; who opens accounts by the hundred needs several. */
    static final int SEVERAL_PAYMENTS = 3;

    /* Share of the accounts that pay together, below which people have come among them: a turn of
     * phrase that a campaign has in common with them has its births and payments, and their load. */
    static final double HARDLY_ANYBODY_ELSE = 0.95;

    /* Probability that two accounts have their prefix in common: a company or campus has one. */
    static final double ONE_SITE = 0.5;

    private static final Set<Axis> NOT_OF_A_SCHEDULE =
            EnumSet.of(Axis.INTENT, Axis.LIFE, Axis.INFRASTRUCTURE, Axis.BIRTH);

    /* Every app has lengths and a client of its own, also one that runs on a schedule; where it runs
     * in its vendor's cloud, addresses too. */
    private static final Set<Signal> OF_ANY_APP =
            EnumSet.of(
                    Signal.DISTRIBUTION_SHIFT,
                    Signal.CLIENT_CONCENTRATION,
                    Signal.PREFIX_CONCENTRATION,
                    Signal.PREFIX_ROTATION);

    private static final List<Statistic> STATISTICS =
            List.of(
                    new WorkPartition(),
                    new ContentEntropy(),
                    new LoadEvenness(),
                    new SessionlessGaps(),
                    new FlatRhythm(),
                    new DispatchedTiming(),
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
                        && (Cohort.isCohort(group.group())
                                ? independentOfSelection(group, axes, evidence)
                                : independent(group, axes, evidence))
                        && group.load().carriers() >= LoadEvenness.MIN_CARRIERS
                        && !WorkPartition.contradicts(group)
                        && group.infrastructure().largestOrganization() < ONE_ORGANIZATION;
        evidence.sort(
                Comparator.comparingDouble((Evidence e) -> -weighted(e, policy))
                        .thenComparing(Evidence::signal));
        return new Assessment(score, flagged, List.copyOf(axes), evidence);
    }

    /**
     * A cohort was selected for steady timing and for its client or payment, and people with
     * nothing in common do not repeat one another: of these a cohort proves nothing. Of a common
     * client nor do addresses, which both may be a service's that runs for its users. Demanded are
     * even load, two more axes that were not selected for, and a rhythm without nights, which a
     * reseller's customers have, over a whole day.
     */
    private static boolean independentOfSelection(
            GroupStatistics group, Set<Axis> axes, List<Evidence> evidence) {
        boolean wholeDay = group.timing().hoursKnown() >= DAY_HOURS;
        if (!axes.contains(Axis.LOAD) || !axes.contains(Axis.WORK) || !wholeDay) {
            return false;
        }
        Set<Axis> telling = EnumSet.noneOf(Axis.class);
        boolean flat = false;
        for (Evidence found : evidence) {
            if (found.score() >= HOLDS) {
                Signal signal = found.signal();
                flat |= signal == Signal.FLAT_RHYTHM;
                boolean selected =
                        Cohort.isPayment(group.group())
                                ? signal == Signal.SHARED_PAYMENT
                                : OF_ANY_APP.contains(signal);
                if (NOT_OF_A_SCHEDULE.contains(signal.axis()) && !selected) {
                    telling.add(signal.axis());
                }
            }
        }
        return flat && telling.size() >= 2;
    }

    private static boolean independent(
            GroupStatistics group, Set<Axis> holding, List<Evidence> evidence) {
        Set<Axis> axes = EnumSet.copyOf(holding);
        if (!holds(Signal.SHARED_PAYMENT, evidence)) {
            axes.remove(Axis.INFRASTRUCTURE);
        }
        if (!axes.contains(Axis.WORK) && !axes.contains(Axis.LOAD)) {
            return false;
        }
        Set<Axis> telling = EnumSet.copyOf(NOT_OF_A_SCHEDULE);
        telling.retainAll(axes);
        if (telling.isEmpty()) {
            return axes.contains(Axis.WORK)
                    && axes.contains(Axis.LOAD)
                    && holds(Signal.DISPATCHED_TIMING, evidence)
                    && evidence.stream().anyMatch(Assessor::leans);
        }
        if (!axes.contains(Axis.LOAD)) {
            // Uneven load is how people look: work must hold, and of intent, time and one hand that
            // plainly pays at least two.
            boolean oneHand = axes.contains(Axis.BIRTH) && paidByOneHand(group, evidence);
            boolean intent = axes.contains(Axis.INTENT);
            boolean time = axes.contains(Axis.TIME);
            return axes.contains(Axis.WORK)
                    && axes.size() >= 4
                    && (intent ? time || oneHand : time && oneHand);
        }
        boolean intentAlone = telling.equals(EnumSet.of(Axis.INTENT));
        return !intentAlone || axes.contains(Axis.TIME);
    }

    /** Many accounts at many places, all on few payments, but more than a company has. */
    private static boolean paidByOneHand(GroupStatistics group, List<Evidence> evidence) {
        GroupStatistics.Infrastructure own = group.infrastructure();
        return own.sharedPayments() >= SEVERAL_PAYMENTS
                && own.sharingPayment() >= HARDLY_ANYBODY_ELSE * own.withPayment()
                && own.prefixPairs() < ONE_SITE
                && holds(Signal.SHARED_PAYMENT, evidence);
    }

    private static boolean holds(Signal signal, List<Evidence> evidence) {
        return evidence.stream().anyMatch(e -> e.signal() == signal && e.score() >= HOLDS);
    }

    private static boolean leans(Evidence found) {
        return NOT_OF_A_SCHEDULE.contains(found.signal().axis())
                && !OF_ANY_APP.contains(found.signal())
                && found.score() >= LEANS;
    }

    private static double weighted(Evidence evidence, DetectionPolicy policy) {
        return evidence.score() * weight(evidence.signal(), policy);
    }

    private static double weight(Signal signal, DetectionPolicy policy) {
        return policy.weights().getOrDefault(signal.signalName(), signal.weight());
    }
}
