package io.distillwatch.campaign;

import io.distillwatch.group.GroupReport;
import io.distillwatch.group.MemberReport;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which of several campaigns an account belongs to, where a group has accounts of more than one.
 */
final class Claims {

    private final Collection<Campaign> campaigns;
    private final Roster roster;

    /**
     * @param campaigns all campaigns, as they are at each moment
     */
    Claims(Collection<Campaign> campaigns, Roster roster) {
        this.campaigns = campaigns;
        this.roster = roster;
    }

    /** Whether the two are operations of their own, though they have accounts in common. */
    static boolean apart(GroupReport report, Campaign own, Campaign other) {
        Set<Long> groups = new HashSet<>(Set.of(report.group()));
        if (own != null) {
            groups.addAll(own.parts.keySet());
        }
        return new Exclusion(other, own, report).anyBetween(groups, other.parts.keySet());
    }

    /**
     * The report without the accounts of other open campaigns: what they did in the group is kept
     * with them there. A group that holds takes over those that stood there only for what both ask,
     * in no family that excludes it.
     */
    GroupReport unclaimed(
            GroupReport report, Campaign own, boolean holds, CampaignBook.Changes changes) {
        Set<String> claimed = new HashSet<>();
        for (Campaign other : campaigns) {
            if (other != own && other.status == CampaignStatus.OPEN) {
                List<MemberReport> theirs =
                        report.members().stream()
                                .filter(m -> other.accounts.containsKey(m.accountId()))
                                .filter(m -> !own.accounts.containsKey(m.accountId()))
                                .toList();
                if (!theirs.isEmpty()) {
                    if (holds) {
                        takeOver(report, theirs, other, own, changes);
                    }
                    for (MemberReport member : theirs) {
                        if (other.credit(report.group(), member)) {
                            changes.member(other.id, member.accountId());
                            claimed.add(member.accountId());
                        }
                    }
                }
            }
        }
        return claimed.isEmpty() ? report : report.without(claimed);
    }

    /** Whether an open campaign of another operation has accounts in the group as well. */
    boolean contested(GroupReport report, Campaign own) {
        return campaigns.stream()
                .filter(other -> other != own && other.status == CampaignStatus.OPEN)
                .filter(
                        other ->
                                roster.inGroup(other, report.group()).size()
                                        >= Ties.MIN_SHARED_ACCOUNTS)
                .anyMatch(other -> apart(report, own, other));
    }

    private static void takeOver(
            GroupReport report,
            List<MemberReport> members,
            Campaign other,
            Campaign own,
            CampaignBook.Changes changes) {
        Set<Long> rivals =
                new Exclusion(other, own, report).of(report.group(), other.parts.keySet());
        if (rivals.isEmpty()) {
            return;
        }
        TreeMap<String, CampaignAccount> taken = new TreeMap<>();
        for (MemberReport member : members) {
            CampaignAccount account = other.accounts.get(member.accountId());
            if (Collections.disjoint(account.exchangesByGroup.keySet(), rivals)) {
                taken.put(member.accountId(), account);
            }
        }
        if (!taken.isEmpty()) {
            own.takeOver(taken, other, report.at());
            changes.removed(other.id, taken);
            changes.campaigns.add(other.id);
        }
    }
}
