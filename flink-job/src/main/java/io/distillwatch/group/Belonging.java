package io.distillwatch.group;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which members of a flagged group are named. Everybody who uses the template of an operation
 * belongs to it; of a cohort, where anybody may be by chance, those do whose load is the even share
 * and who have a payment, a prefix or the week of birth in common with several others of these.
 */
interface Belonging {

    /** Everybody belongs. */
    Belonging ALL = member -> true;

    /* Beyond three standard deviations an account is not given an even share. */
    double DEVIATIONS = 3;
    int MIN_SHARING = 3;
    /* Share of the accounts that were made in the densest weeks: sign-ups came in bursts. */
    double MIN_OF_A_WEEK = 0.1;
    long WEEK = 7 * 86_400_000L;

    boolean test(Member member);

    /** Who of a cohort belongs to what was flagged in it. */
    static Belonging of(GroupState state) {
        List<Member> even = state.members.values().stream().filter(Belonging::even).toList();
        Map<Long, Integer> payments = count(even, member -> member.payment);
        Map<Long, Integer> prefixes = count(even, member -> member.prefixes[0]);
        Map<Long, Integer> births = count(even, Belonging::week);
        double sharing = MIN_SHARING;
        double born = Math.max(MIN_SHARING, MIN_OF_A_WEEK * even.size());
        return member ->
                even(member)
                        && (payments.getOrDefault(member.payment, 0) >= sharing
                                || prefixes.getOrDefault(member.prefixes[0], 0) >= sharing
                                || births.getOrDefault(week(member), 0) >= born);
    }

    private static boolean even(Member member) {
        double share = member.lastClock - member.joinedClock;
        return Math.abs(member.repeats - share) <= DEVIATIONS * Math.sqrt(Math.max(1, share));
    }

    private static long week(Member member) {
        return Math.floorDiv(member.createdAt, WEEK);
    }

    private static Map<Long, Integer> count(
            Collection<Member> members, Function<Member, Long> trait) {
        Map<Long, Integer> counts = new HashMap<>();
        members.forEach(member -> counts.merge(trait.apply(member), 1, Integer::sum));
        counts.remove(0L);
        return counts;
    }
}
