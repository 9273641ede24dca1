package io.distillwatch.group;

import io.distillwatch.family.Cohort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which members of a flagged group are named.
 *
 * <p>Of a family everybody belongs who uses the template, but who hardly does so among all that the
 * account sends in a day, and where the load is dealt out evenly, one who takes many times the even
 * share: these are people with questions of the same stock.
 *
 * <p>Of a cohort, where anybody may be by chance, those belong whose load is the even share, whose
 * whole day is no busier than the others', and who have a payment, a prefix or the week of birth in
 * common with several others of these, who together keep no hours: a queue does not sleep, a
 * reseller's customers do.
 */
interface Belonging {

    /* A dispatcher that weighs its accounts stays below this many shares, and chance below this
     * many standard deviations more. */
    double SHARES = 3;
    double CHANCE = 6;
    /* Beyond three standard deviations an account is not given an even share. */
    double DEVIATIONS = 3;
    int MIN_SHARING = 3;
    /* Of a busy account; with four fifths of cover and six templates each has a thirtieth. */
    double HARDLY = 0.03;
    long BUSY = 50;
    /* Share of the accounts that were made in the densest weeks: sign-ups came in bursts. */
    double MIN_OF_A_WEEK = 0.1;
    long WEEK = 7 * 86_400_000L;
    /* The squared length of n unit vectors in random directions, over n, is exponential with mean 1
     * (Rayleigh 1919): beyond this with probability e^-7. */
    double HOURS = 7;

    boolean test(Member member);

    /** Who of a group belongs to what was flagged in it. */
    static Belonging of(long group, GroupState state) {
        if (Cohort.isCohort(group)) {
            return ofCohort(state);
        }
        boolean dealtOut = state.evenlyLoaded();
        return member -> !passing(member) && !(dealtOut && greedy(member));
    }

    private static boolean passing(Member member) {
        return member.recentExchanges >= BUSY && member.exchanges < HARDLY * member.recentExchanges;
    }

    private static boolean greedy(Member member) {
        double share = member.lastClock - member.joinedClock;
        return member.repeats > SHARES * share + CHANCE * Math.sqrt(Math.max(1, share));
    }

    private static Belonging ofCohort(GroupState state) {
        List<Member> even = state.members.values().stream().filter(Belonging::even).toList();
        double busy = beyond(typicalDay(even));
        Set<Member> alike =
                even.stream().filter(m -> m.recentExchanges <= busy).collect(Collectors.toSet());
        double born = Math.max(MIN_SHARING, MIN_OF_A_WEEK * alike.size());
        // The strongest trait decides: a card is no accident, a prefix or a week may be.
        List<Traits> traits =
                List.of(
                        new Traits(alike, member -> member.payment, MIN_SHARING),
                        new Traits(alike, member -> member.prefixes[0], MIN_SHARING),
                        new Traits(alike, Belonging::week, born));
        return member ->
                alike.contains(member)
                        && traits.stream()
                                .map(trait -> trait.sleepless(member))
                                .flatMap(Optional::stream)
                                .findFirst()
                                .orElse(false);
    }

    /**
     * Median of what the accounts did in a day, in the group and outside: the even share of one.
     */
    private static double typicalDay(List<Member> members) {
        long[] days =
                members.stream().mapToLong(member -> member.recentExchanges).sorted().toArray();
        return days.length == 0 ? 0 : days[days.length / 2];
    }

    /** What an account with an even share stays below. */
    private static double beyond(double share) {
        return share + DEVIATIONS * Math.sqrt(Math.max(1, share));
    }

    private static boolean even(Member member) {
        double share = member.lastClock - member.joinedClock;
        return Math.abs(member.repeats - share) <= DEVIATIONS * Math.sqrt(Math.max(1, share));
    }

    private static long week(Member member) {
        return Math.floorDiv(member.createdAt, WEEK);
    }

    /** What those do all together who have a trait in common, by the trait. */
    final class Traits {
        private final Function<Member, Long> trait;
        private final Map<Long, Boolean> sleepless = new HashMap<>();

        Traits(Collection<Member> members, Function<Member, Long> trait, double atLeast) {
            this.trait = trait;
            Map<Long, List<Member>> sharing = new HashMap<>();
            members.forEach(
                    m -> sharing.computeIfAbsent(trait.apply(m), t -> new ArrayList<>()).add(m));
            sharing.remove(0L);
            sharing.forEach(
                    (value, some) -> {
                        if (some.size() >= atLeast) {
                            sleepless.put(value, !sleep(some));
                        }
                    });
        }

        /** Whether those who share the member's trait keep no hours; empty where too few do. */
        Optional<Boolean> sleepless(Member member) {
            return Optional.ofNullable(sleepless.get(trait.apply(member)));
        }
    }

    /**
     * Whether some members' exchanges, all together, prefer hours of the day, beyond what the time
     * over which they were seen explains.
     */
    private static boolean sleep(Collection<Member> members) {
        double n = 0;
        double east = 0;
        double north = 0;
        for (Member member : members) {
            double from = angle(member.outsideSince > 0 ? member.outsideSince : member.firstSeen);
            double span = Math.max(1e-6, angle(member.lastSeen) - from);
            double exchanges = member.exchanges + member.outside;
            n += exchanges;
            // What is left of the sum when a constant rate over the span is taken off.
            east += member.east - exchanges * (Math.sin(from + span) - Math.sin(from)) / span;
            north += member.north - exchanges * (Math.cos(from) - Math.cos(from + span)) / span;
        }
        return east * east + north * north > HOURS * n;
    }

    private static double angle(long time) {
        return 2 * Math.PI * time / 86_400_000.0;
    }
}
