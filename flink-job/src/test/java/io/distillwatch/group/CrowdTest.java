package io.distillwatch.group;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.distillwatch.evidence.GroupStatistics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrowdTest {

    private static final long DAY = 86_400_000;

    /** Against the same figures from streams over the members, few kinds of each and many. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 40, 700})
    void countsWhatMembersShare(int kinds) {
        Random random = new Random(kinds);
        for (int round = 0; round < 50; round++) {
            List<Member> members = members(random, random.nextInt(300), kinds);

            GroupStatistics.Infrastructure found = Crowd.of(members).infrastructure();

            Map<Long, List<Member>> payments =
                    members.stream()
                            .filter(m -> m.payment != 0)
                            .collect(groupingBy(m -> m.payment));
            payments.values().removeIf(CrowdTest::ofOneOrAlone);
            assertThat(found.sharedPayments()).isEqualTo(payments.size());
            assertThat(found.sharingPayment())
                    .isEqualTo(payments.values().stream().mapToInt(Collection::size).sum());
            assertThat(found.furtherSharing())
                    .isEqualTo(
                            payments.values().stream()
                                    .map(Collection::size)
                                    .sorted(Comparator.reverseOrder())
                                    .skip(2)
                                    .mapToInt(i -> i)
                                    .sum());
            assertThat(found.withPayment()).isEqualTo(known(members, m -> m.payment).size());
            assertThat(found.withClient()).isEqualTo(known(members, m -> m.client).size());
            assertThat(found.withCreation()).isEqualTo(known(members, m -> m.createdAt).size());
            assertThat(found.crowdedPrefixes())
                    .isEqualTo(
                            by(members, m -> m.prefixes[0]).values().stream()
                                    .filter(count -> count > 1)
                                    .count());
            same(found.prefixPairs(), pairs(members, m -> m.prefixes[0]));
            same(found.clientSimpson(), pairs(members, m -> m.client));
            same(found.densestWeek(), densestWeek(members));
            same(
                    found.largestOrganization(),
                    by(members, m -> m.organization).values().stream()
                                    .mapToLong(i -> i)
                                    .max()
                                    .orElse(0)
                            / (double) Math.max(1, members.size()));
        }
    }

    private static List<Member> members(Random random, int size, int kinds) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Member member = new Member(random.nextLong());
            member.payment = random.nextInt(kinds);
            // So that some payments are one organisation's, and some several's.
            member.organization =
                    random.nextInt(9) == 0 ? random.nextInt(kinds) : member.payment % 3;
            member.client = random.nextInt(kinds) << 20;
            member.prefixes = new long[] {1 + random.nextInt(kinds)};
            member.createdAt = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(60) * DAY;
            members.add(member);
        }
        return members;
    }

    private static boolean ofOneOrAlone(List<Member> payers) {
        long organization = payers.get(0).organization;
        boolean ofOne =
                organization != 0 && payers.stream().allMatch(m -> m.organization == organization);
        return payers.size() == 1 || ofOne;
    }

    private static List<Long> known(List<Member> members, ToLongFunction<Member> what) {
        return members.stream().mapToLong(what).filter(value -> value != 0).boxed().toList();
    }

    private static Map<Long, Long> by(List<Member> members, ToLongFunction<Member> what) {
        return known(members, what).stream().collect(groupingBy(value -> value, counting()));
    }

    /* Pair by pair. */
    private static double pairs(List<Member> members, ToLongFunction<Member> what) {
        List<Long> values = known(members, what);
        double same = 0;
        double all = 0;
        for (int i = 0; i < values.size(); i++) {
            for (int j = 0; j < i; j++) {
                same += values.get(i).equals(values.get(j)) ? 1 : 0;
                all++;
            }
        }
        return all == 0 ? Double.NaN : same / all;
    }

    private static double densestWeek(List<Member> members) {
        return members.stream()
                .filter(m -> m.createdAt != 0)
                .mapToLong(
                        first ->
                                members.stream()
                                        .filter(m -> m.createdAt >= first.createdAt)
                                        .filter(m -> m.createdAt - first.createdAt < 7 * DAY)
                                        .count())
                .max()
                .stream()
                .mapToDouble(most -> most / (double) known(members, m -> m.createdAt).size())
                .findFirst()
                .orElse(Double.NaN);
    }

    private static void same(double found, double expected) {
        if (Double.isNaN(expected)) {
            assertThat(found).isNaN();
        } else {
            assertThat(found).isCloseTo(expected, within(1e-12));
        }
    }
}
