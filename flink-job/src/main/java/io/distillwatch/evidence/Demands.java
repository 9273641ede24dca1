package io.distillwatch.evidence;

import io.distillwatch.family.Cohort;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What must come together before a group is a campaign, whatever its score.
 *
 * <p>Work, load and time say that a machine deals out work; so does many a service for each of its
 * users, and each device of a fleet. What these have not is an interest in what teaches a model
 * (intent), accounts that replace one another (life), one hand that pays for all of them by several
 * cards (paid) and, but for fleets, accounts that were made together (birth).
 *
 * <ul>
 *   <li>Even load, and one hand pays: load as a queue makes it, a machine's timing or replacement,
 *       since a district pays for its schools by several cards too.
 *   <li>Even load that is certainly a queue's, intent or replacement, and a machine's timing; or
 *       dealt-out work and one thing more. A service that asks for reasoning whenever a mail comes
 *       in for one of its customers has all of this but the load.
 *   <li>Load as nothing but a queue makes it, irregular timing that no clock calls together, and
 *       accounts made together, or work and anything that leans the same way.
 *   <li>Load as uneven as people's: dealt-out work, one hand that pays for most or replacement,
 *       four things in all, and of intent, time and births where one hand pays at least two.
 *   <li>A cohort was picked by its client or payment and for steady timing, so that none of these
 *       proves anything, nor do addresses, which come with a service's client: even load, work, a
 *       rhythm without nights over a whole day, which a reseller's customers do not have, and two
 *       of intent, life, paid and birth that it was not picked by.
 * </ul>
 */
final class Demands {

    /* A day but for two half-hours, which may be cut off or empty by chance. */
    private static final double DAY_HOURS = 23;
    /* How far something must lean to stand by dispatched timing. */
    private static final double LEANS = 0.25;
    /* A company pays by one card or two; who opens accounts by the hundred needs several. */
    private static final int SEVERAL_PAYMENTS = 3;
    /* Share of the accounts that pay by other cards than the two that most share, below which these
     * are strays who came upon a customer's words: among hundreds of accounts some pairs share. */
    private static final double MORE_THAN_STRAYS = 0.1;
    /* Share of the accounts that pay together, below which people have come among them: a turn of
     * phrase that a campaign has in common with them has its births and payments, and their load. */
    private static final double HARDLY_ANYBODY_ELSE = 0.95;
    /* Share of the accounts that pay together, from which the others are the ones that strayed. */
    private static final double MOST = 0.5;
    /* Probability that two accounts have their prefix in common: a company or campus has one. */
    private static final double ONE_SITE = 0.5;

    private final GroupStatistics group;
    private final List<Evidence> evidence;
    private final boolean called;
    private final boolean fleet;
    private final boolean work;
    private final boolean load;
    private final boolean time;
    private final boolean intent;
    private final boolean life;
    private final boolean birth;
    private final boolean paid;

    private Demands(GroupStatistics group, Set<Axis> axes, List<Evidence> evidence) {
        this.group = group;
        this.evidence = evidence;
        called = SteadyStream.calledTogether(group.timing());
        fleet = isFleet();
        work = axes.contains(Axis.WORK);
        load = axes.contains(Axis.LOAD);
        time = axes.contains(Axis.TIME) && !called;
        intent = axes.contains(Axis.INTENT);
        life = axes.contains(Axis.LIFE);
        birth = axes.contains(Axis.BIRTH) && !fleet && !called;
        // Addresses alone are nothing of a campaign's own: a service has its few, for all its
        // users.
        paid = holds(Signal.SHARED_PAYMENT) && severalPay();
    }

    /**
     * Whether a group meets them.
     *
     * @param axes that hold by themselves
     */
    static boolean met(GroupStatistics group, Set<Axis> axes, List<Evidence> evidence) {
        Demands demands = new Demands(group, axes, evidence);
        if (Cohort.isCohort(group.group())) {
            return demands.ofCohort();
        }
        return demands.load ? demands.ofEvenLoad() : demands.ofUnevenLoad();
    }

    private boolean ofEvenLoad() {
        if (paid) {
            return LoadEvenness.exact(group) || time || life;
        }
        if (intent || life) {
            boolean clock = called || Clockwork.timers(group.timing());
            boolean untimed = !clock && LoadEvenness.strictly(group);
            boolean more = birth || (intent && life) || untimed;
            return LoadEvenness.certainlyExact(group) && (time || (work && more));
        }
        boolean leaning = holds(Signal.STEADY_STREAM) || evidence.stream().anyMatch(this::leans);
        return LoadEvenness.strictly(group)
                && holds(Signal.DISPATCHED_TIMING)
                && time
                && (birth || (work && leaning));
    }

    private boolean ofUnevenLoad() {
        boolean oneHand = paid && birth && share(HARDLY_ANYBODY_ELSE) && !oneSite();
        boolean purpose = intent ? time || oneHand : time && oneHand;
        return work
                && ((paid && share(MOST)) || life)
                && purpose
                && count(work, time, intent, life, paid, birth) >= 4;
    }

    private boolean ofCohort() {
        boolean wholeDay = group.timing().hoursKnown() >= DAY_HOURS;
        boolean paidToo = paid && !Cohort.isPayment(group.group());
        return load
                && work
                && wholeDay
                && holds(Signal.FLAT_RHYTHM)
                && count(intent, life, birth, paidToo) >= 2;
    }

    /** Devices, a company's accounts and a class are made together too. */
    private boolean isFleet() {
        return Clockwork.timers(group.timing()) || oneSite() || (share(MOST) && !severalPay());
    }

    private boolean oneSite() {
        return group.infrastructure().prefixPairs() >= ONE_SITE;
    }

    private boolean severalPay() {
        GroupStatistics.Infrastructure own = group.infrastructure();
        return own.sharedPayments() >= SEVERAL_PAYMENTS
                && own.furtherSharing() >= MORE_THAN_STRAYS * own.sharingPayment();
    }

    private boolean share(double part) {
        GroupStatistics.Infrastructure own = group.infrastructure();
        return own.withPayment() > 0 && own.sharingPayment() >= part * own.withPayment();
    }

    private boolean holds(Signal signal) {
        return evidence.stream().anyMatch(e -> e.signal() == signal && e.score() >= Assessor.HOLDS);
    }

    /* Lengths and births of a fleet are any app's. */
    private boolean leans(Evidence found) {
        boolean telling =
                switch (found.signal()) {
                    case ELICITATION, CONSERVED_UNDER_CHURN, HAND_OFF -> true;
                    case SHARED_PAYMENT -> severalPay();
                    case BIRTH_CLUSTERING, ONSET_CLUSTERING -> !fleet;
                    default -> false;
                };
        return telling && found.score() >= LEANS;
    }

    private static long count(Boolean... things) {
        return Stream.of(things).filter(Boolean::booleanValue).count();
    }
}
