package io.distillwatch.group;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which members of a flagged group are named. Everybody who uses the template of an operation
 * belongs to it; of a cohort, where anybody may be by chance, those do whose load is the even share
 * and who have a payment, a prefix or the week of birth in common with several others of these, who
 * together keep the hours of the whole.
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
    /* Of a set of exchanges with the same hours, n |mean - mean of all|^2 is exponential with mean
     * 1 (Rayleigh 1919): beyond this with probability e^-7. */
    double OTHER_HOURS = 7;

    boolean test(Member member);

    /** Who of a cohort belongs to what was flagged in it. */
    static Belonging of(GroupState state) {
        List<Member> even = state.members.values().stream().filter(Belonging::even).toList();
        Hours hours = Hours.of(even);
        double born = Math.max(MIN_SHARING, MIN_OF_A_WEEK * even.size());
        // The strongest trait decides: a card is no accident, a prefix or a week may be.
        List<Traits> traits =
                List.of(
                        new Traits(even, member -> member.payment, MIN_SHARING),
                        new Traits(even, member -> member.prefixes[0], MIN_SHARING),
                        new Traits(even, Belonging::week, born));
        return member -> {
            if (!even(member)) {
                return false;
            }
            for (Traits trait : traits) {
                List<Member> sharing = trait.sharing(member);
                if (!sharing.isEmpty()) {
                    return !Hours.of(sharing).differFrom(hours);
                }
            }
            return false;
        };
    }

    private static boolean even(Member member) {
        double share = member.lastClock - member.joinedClock;
        return Math.abs(member.repeats - share) <= DEVIATIONS * Math.sqrt(Math.max(1, share));
    }

    private static long week(Member member) {
        return Math.floorDiv(member.createdAt, WEEK);
    }

    /** Members by a trait that enough of them have in common. */
    final class Traits {
        private final Function<Member, Long> trait;
        private final Map<Long, List<Member>> sharing = new HashMap<>();

        Traits(Collection<Member> members, Function<Member, Long> trait, double atLeast) {
            this.trait = trait;
            members.forEach(
                    m -> sharing.computeIfAbsent(trait.apply(m), t -> new ArrayList<>()).add(m));
            sharing.remove(0L);
            sharing.values().removeIf(some -> some.size() < atLeast);
        }

        /** Who shares the member's trait, itself included; nobody where too few do. */
        List<Member> sharing(Member member) {
            return sharing.getOrDefault(trait.apply(member), List.of());
        }
    }

    /** The mean hour of the day of some members' exchanges. */
    record Hours(long exchanges, double east, double north) {

        static Hours of(Collection<Member> members) {
            long n = members.stream().mapToLong(member -> member.exchanges).sum();
            double east = members.stream().mapToDouble(member -> member.east).sum();
            double north = members.stream().mapToDouble(member -> member.north).sum();
            return new Hours(n, east / Math.max(1, n), north / Math.max(1, n));
        }

        boolean differFrom(Hours all) {
            double x = east - all.east;
            double y = north - all.north;
            return exchanges * (x * x + y * y) > OTHER_HOURS;
        }
    }
}
