package io.distillwatch.campaign;

import io.distillwatch.group.GroupReport;
import io.distillwatch.group.MemberReport;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Whether a group's accounts have enough in common with a campaign's to belong to it. */
final class Ties {

    /* Share of the smaller side's accounts that two groups of one operation have in common. */
    static final double MIN_OVERLAP = 0.2;
    static final int MIN_SHARED_ACCOUNTS = 3;

    private final GroupReport report;
    private final Roster roster;
    private final Map<Campaign, Integer> having;
    private final Set<String> accounts = new HashSet<>();
    private final Infrastructure infrastructure = new Infrastructure();

    /**
     * @param own the campaign that the group is in so far, since a report tells of members only
     *     that are new or changed; null if in none
     */
    Ties(GroupReport report, Campaign own, Roster roster) {
        this.report = report;
        this.roster = roster;
        if (own != null) {
            accounts.addAll(own.inGroup(report.group()));
        }
        for (MemberReport member : report.members()) {
            accounts.add(member.accountId());
            infrastructure.add(member.prefix(), member.payment());
        }
        having = roster.having(accounts);
    }

    /** How many of the report's accounts the campaign has. */
    static int shared(GroupReport report, Campaign other) {
        int shared = 0;
        for (MemberReport member : report.members()) {
            shared += other.accounts.containsKey(member.accountId()) ? 1 : 0;
        }
        return shared;
    }

    /** Accounts, payments or address prefixes. */
    boolean with(Campaign other) {
        return sharesAccounts(other) || sharesInfrastructure(other);
    }

    private boolean sharesAccounts(Campaign other) {
        long kept =
                roster.inGroup(other, report.group()).stream()
                        .filter(a -> !accounts.contains(a))
                        .count();
        long shared = kept + having.getOrDefault(other, 0);
        long smaller = Math.min(kept + accounts.size(), other.accounts.size());
        return shared >= MIN_SHARED_ACCOUNTS && shared >= MIN_OVERLAP * smaller;
    }

    private boolean sharesInfrastructure(Campaign other) {
        return infrastructure.sharedWith(roster.infrastructure(other));
    }
}
