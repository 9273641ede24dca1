package io.distillwatch.campaign;

import io.distillwatch.family.Cohort;
import io.distillwatch.group.GroupReport;
import io.distillwatch.group.MemberReport;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which prompt families exclude one another: at work at the same time, and never by the same
 * account, though a dispatcher that deals both would give many accounts both.
 *
 * <p>It tells two operations that draw their questions from the same public sets (a family of those
 * questions has the accounts of both) from one operation with several templates. With shares q1 and
 * q2 of all exchanges, an account with n exchanges while both families were at work has both with
 * probability 1 - (1-q1)^n - (1-q2)^n + (1-q1-q2)^n if they are dealt at random; the sum over all
 * accounts is the number expected. Families of which one ended before the other began exclude
 * nothing (a template was changed, accounts were replaced), nor do those whose accounts share
 * payments or networks, nor {@linkplain Cohort cohorts}, which are disjoint by construction.
 */
final class Exclusion {

    /* Of the accounts expected to have both; more, and the two are only dealt unevenly. */
    static final double AT_MOST = 0.1;
    /*
     * How likely so few come by chance, over all pairs looked at. Not stricter, for what is kept
     * apart is looked at again at each report, and what was joined stays joined.
     */
    static final double CHANCE = 0.05;
    /* With fewer accounts no pair gets below that chance. */
    static final int MIN_ACCOUNTS = 5;

    /** What one account did in prompt families. */
    private static final class Work {
        final String prefix;
        final long payment;
        long firstSeen = Long.MAX_VALUE;
        long lastSeen = Long.MIN_VALUE;
        final Map<Long, Long> exchanges = new HashMap<>();

        Work(String prefix, long payment) {
            this.prefix = prefix;
            this.payment = payment;
        }

        void add(long family, long count, long first, long last) {
            exchanges.merge(family, count, Math::max);
            firstSeen = Math.min(firstSeen, first);
            lastSeen = Math.max(lastSeen, last);
        }

        /** Exchanges in a time, at the account's mean rate. */
        double within(long from, long to) {
            long all = exchanges.values().stream().mapToLong(Long::longValue).sum();
            long overlap = Math.min(lastSeen, to) - Math.max(firstSeen, from);
            if (overlap < 0) {
                return 0;
            }
            return lastSeen == firstSeen ? all : all * (double) overlap / (lastSeen - firstSeen);
        }
    }

    /** When a family was at work, by how many accounts and exchanges. */
    private static final class Family {
        final long firstSeen;
        final long lastSeen;
        int accounts;
        long exchanges;
        final Infrastructure infrastructure = new Infrastructure();

        Family(long firstSeen, long lastSeen) {
            this.firstSeen = firstSeen;
            this.lastSeen = lastSeen;
        }
    }

    private final Map<String, Work> accounts = new HashMap<>();
    private final TreeMap<Long, Family> families = new TreeMap<>();
    private double all;

    /** Of two campaigns and a group's report, which need not be taken into either yet. */
    Exclusion(Campaign one, Campaign two, GroupReport report) {
        add(report);
        add(one);
        if (two != null) {
            add(two);
        }
        for (Work work : accounts.values()) {
            work.exchanges.forEach(
                    (group, count) -> {
                        all += count;
                        Family family = families.get(group);
                        if (family != null) { // else one of a third campaign
                            family.accounts++;
                            family.exchanges += count;
                            family.infrastructure.add(work.prefix, work.payment);
                        }
                    });
        }
    }

    private void add(GroupReport report) {
        if (!Cohort.isCohort(report.group())) {
            families.put(report.group(), new Family(report.firstSeen(), report.lastSeen()));
            for (MemberReport member : report.members()) {
                accounts.computeIfAbsent(
                                member.accountId(),
                                id -> new Work(member.prefix(), member.payment()))
                        .add(
                                report.group(),
                                member.exchanges(),
                                member.firstSeen(),
                                member.lastSeen());
            }
        }
    }

    private void add(Campaign campaign) {
        campaign.parts.forEach(
                (group, part) -> {
                    if (!Cohort.isCohort(group)) {
                        families.putIfAbsent(group, new Family(part.firstSeen(), part.lastSeen()));
                    }
                });
        campaign.accounts.forEach(
                (id, account) ->
                        account.exchangesByGroup.forEach(
                                (group, count) -> {
                                    if (!Cohort.isCohort(group)) {
                                        accounts.computeIfAbsent(
                                                        id,
                                                        key ->
                                                                new Work(
                                                                        account.prefix,
                                                                        account.payment))
                                                .add(
                                                        group,
                                                        count,
                                                        account.firstSeen,
                                                        account.lastSeen);
                                    }
                                }));
    }

    /** Whether any family of the one excludes any of the other. */
    boolean anyBetween(Set<Long> one, Set<Long> other) {
        return one.stream().anyMatch(group -> !of(group, other, one.size()).isEmpty());
    }

    /** Those of some groups that a group excludes; ascending. */
    Set<Long> of(long group, Set<Long> others) {
        return of(group, others, 1);
    }

    private Set<Long> of(long group, Set<Long> others, int looks) {
        Set<Long> excluded = new TreeSet<>();
        Family family = families.get(group);
        if (family == null || family.accounts < MIN_ACCOUNTS) {
            return excluded;
        }
        double surprise = Math.log(looks * others.size() / CHANCE);
        for (long other : others) {
            Family rival = families.get(other);
            if (other != group
                    && rival != null
                    && rival.accounts >= MIN_ACCOUNTS
                    && !family.infrastructure.sharedWith(rival.infrastructure)
                    && surprise(group, other) >= surprise) {
                excluded.add(other);
            }
        }
        return excluded;
    }

    /**
     * By how much fewer accounts have both families than expected, as the negative logarithm of
     * Chernoff's bound for a Poisson count: E - O + O ln(O / E) nats; 0 if {@link #AT_MOST} do.
     */
    private double surprise(long group, long other) {
        Family family = families.get(group);
        Family rival = families.get(other);
        long from = Math.max(family.firstSeen, rival.firstSeen);
        long to = Math.min(family.lastSeen, rival.lastSeen);
        double notOne = 1 - family.exchanges / all;
        double notOther = 1 - rival.exchanges / all;
        double neither = Math.max(0, notOne + notOther - 1);
        double expected = 0;
        double seen = 0;
        for (Work work : accounts.values()) {
            double n = from > to ? 0 : work.within(from, to);
            expected += 1 - Math.pow(notOne, n) - Math.pow(notOther, n) + Math.pow(neither, n);
            Map<Long, Long> groups = work.exchanges;
            seen += groups.containsKey(group) && groups.containsKey(other) ? 1 : 0;
        }
        if (seen > AT_MOST * expected) {
            return 0;
        }
        return expected - seen + (seen == 0 ? 0 : seen * Math.log(seen / expected));
    }
}
