package io.distillwatch.group;

import io.distillwatch.evidence.GroupStatistics;
import io.distillwatch.sketch.KeyCounts;
import java.util.Arrays;
import java.util.Collection;

/** Counts what the members of a group share: payments, clients, prefixes, days of birth. */
final class Crowd {

    private static final long WEEK = 7 * 86_400_000L;

    private final Payments payments;
    private final KeyCounts clients;
    private final KeyCounts prefixes;
    private final KeyCounts organizations;
    private int accounts;
    private int withPayment;
    private int withClient;
    private int rotating;
    private double prefixesPerExchange;
    private int single;
    private int withCreation;
    private int young;
    private final long[] births;

    private Crowd(int members) {
        // Most accounts of an ordinary group have a prefix of their own, and few payments are
        // many's.
        payments = new Payments(Math.max(8, members / 8));
        clients = new KeyCounts(Math.max(8, members / 8));
        prefixes = new KeyCounts(Math.max(8, members));
        organizations = new KeyCounts(8);
        births = new long[members];
    }

    static Crowd of(Collection<Member> members) {
        Crowd crowd = new Crowd(members.size());
        for (Member member : members) {
            crowd.add(member);
        }
        Arrays.sort(crowd.births, 0, crowd.withCreation);
        return crowd;
    }

    private void add(Member member) {
        accounts++;
        if (member.payment != 0) {
            withPayment++;
            payments.add(member.payment, member.organization);
        }
        if (member.client != 0) {
            withClient++;
            clients.add(member.client);
        }
        prefixes.add(member.prefixes[0]);
        if (member.organization != 0) {
            organizations.add(member.organization);
        }
        if (member.prefixLooks >= 5) {
            rotating++;
            // The first exchange shows one prefix in any case: what counts is what comes after.
            prefixesPerExchange += (member.prefixes.length - 1.0) / (member.prefixLooks - 1.0);
            single += member.prefixes.length == 1 ? 1 : 0;
        }
        if (member.createdAt != 0) {
            births[withCreation++] = member.createdAt;
            young += member.firstSeen - member.createdAt < 2 * WEEK ? 1 : 0;
        }
    }

    GroupStatistics.Infrastructure infrastructure() {
        int crowded = 0;
        for (int i = 0; i < prefixes.size(); i++) {
            crowded += prefixes.count(i) > 1 ? 1 : 0;
        }
        return new GroupStatistics.Infrastructure(
                withPayment,
                payments.sharing(),
                payments.shared(),
                payments.furtherSharing(),
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

    /** Probability that two different accounts have the same value: Simpson's index, unbiased. */
    private static double pairs(KeyCounts counts, int total) {
        if (total < 2) {
            return Double.NaN;
        }
        double same = 0;
        for (int i = 0; i < counts.size(); i++) {
            same += (double) counts.count(i) * (counts.count(i) - 1);
        }
        return same / ((double) total * (total - 1));
    }

    private double largestOrganization() {
        int largest = 0;
        for (int i = 0; i < organizations.size(); i++) {
            largest = Math.max(largest, organizations.count(i));
        }
        return accounts == 0 ? 0 : (double) largest / accounts;
    }

    private double densestWeek() {
        if (withCreation == 0) {
            return Double.NaN;
        }
        int densest = 0;
        int from = 0;
        for (int to = 0; to < withCreation; to++) {
            while (births[to] - births[from] >= WEEK) {
                from++;
            }
            densest = Math.max(densest, to - from + 1);
        }
        return (double) densest / withCreation;
    }
}
