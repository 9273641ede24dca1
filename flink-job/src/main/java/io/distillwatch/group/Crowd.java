package io.distillwatch.group;

import io.distillwatch.evidence.GroupStatistics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what the members of a group share: payments, clients, prefixes, days of birth. */
final class Crowd {

    private static final long WEEK = 7 * 86_400_000L;

    /* Accounts by payment and, of those that belong to one, organisation. */
    private final Map<Long, Map<Long, Integer>> payments = new HashMap<>();
    private final Map<Long, Integer> clients = new HashMap<>();
    private final Map<Long, Integer> prefixes = new HashMap<>();
    private final Map<Long, Integer> organizations = new HashMap<>();
    private int accounts;
    private int withPayment;
    private int withClient;
    private int rotating;
    private double prefixesPerExchange;
    private int single;
    private int withCreation;
    private int young;
    private long[] births = new long[0];

    static Crowd of(Collection<Member> members) {
        Crowd crowd = new Crowd();
        crowd.births =
                members.stream()
                        .filter(member -> member.createdAt != 0)
                        .mapToLong(member -> member.createdAt)
                        .sorted()
                        .toArray();
        for (Member member : members) {
            crowd.add(member);
        }
        return crowd;
    }

    private void add(Member member) {
        accounts++;
        if (member.payment != 0) {
            withPayment++;
            payments.computeIfAbsent(member.payment, payment -> new HashMap<>())
                    .merge(member.organization, 1, Integer::sum);
        }
        if (member.client != 0) {
            withClient++;
            clients.merge(member.client, 1, Integer::sum);
        }
        prefixes.merge(member.prefixes[0], 1, Integer::sum);
        if (member.organization != 0) {
            organizations.merge(member.organization, 1, Integer::sum);
        }
        if (member.prefixLooks >= 5) {
            rotating++;
            // The first exchange shows one prefix in any case: what counts is what comes after.
            prefixesPerExchange += (member.prefixes.length - 1.0) / (member.prefixLooks - 1.0);
            single += member.prefixes.length == 1 ? 1 : 0;
        }
        if (member.createdAt != 0) {
            withCreation++;
            young += member.firstSeen - member.createdAt < 2 * WEEK ? 1 : 0;
        }
    }

    GroupStatistics.Infrastructure infrastructure() {
        List<Map<Long, Integer>> shared =
                payments.values().stream().filter(Crowd::isShared).toList();
        int sharing = shared.stream().flatMap(by -> by.values().stream()).mapToInt(i -> i).sum();
        int crowded = (int) prefixes.values().stream().filter(count -> count > 1).count();
        return new GroupStatistics.Infrastructure(
                withPayment,
                sharing,
                shared.size(),
                withClient,
                pairs(clients, withClient),
                pairs(prefixes, accounts),
                crowded,
                rotating,
                rotating == 0 ? Double.NaN : prefixesPerExchange / rotating,
                rotating == 0 ? Double.NaN : (double) single / rotating,
                withCreation,
                densestWeek(),
                withCreation == 0 ? Double.NaN : (double) young / withCreation,
                largestOrganization());
    }

    /** Whether accounts share it that are not all of the same organisation, which has one. */
    private static boolean isShared(Map<Long, Integer> byOrganization) {
        return byOrganization.size() > 1 || byOrganization.getOrDefault(0L, 0) > 1;
    }

    /** Probability that two different accounts have the same value: Simpson's index, unbiased. */
    private static double pairs(Map<Long, Integer> counts, int total) {
        if (total < 2) {
            return Double.NaN;
        }
        double same = 0;
        for (int count : counts.values()) {
            same += (double) count * (count - 1);
        }
        return same / ((double) total * (total - 1));
    }

    private double largestOrganization() {
        int largest = organizations.values().stream().mapToInt(i -> i).max().orElse(0);
        return accounts == 0 ? 0 : (double) largest / accounts;
    }

    private double densestWeek() {
        if (births.length == 0) {
            return Double.NaN;
        }
        int densest = 0;
        int from = 0;
        for (int to = 0; to < births.length; to++) {
            while (births[to] - births[from] >= WEEK) {
                from++;
            }
            densest = Math.max(densest, to - from + 1);
        }
        return (double) densest / births.length;
    }
}
