package io.distillwatch.campaign;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is in which campaign, kept beside the campaigns: every report asks what each other campaign
 * has in common with it, and to look at all their accounts each time is campaigns squared. A
 * campaign is read anew when its {@linkplain Campaign#edition edition} has changed.
 */
final class Roster {

    /** What a campaign was when it was read. */
    private static final class Entry {
        int edition = -1;
        Set<String> accounts = Set.of();
        /* In which any of its accounts has done something. */
        Set<Long> groups = Set.of();
        Infrastructure infrastructure = new Infrastructure();
    }

    private final Collection<Campaign> campaigns;
    private final Map<Campaign, Entry> entries = new HashMap<>();
    private final Map<String, List<Campaign>> byAccount = new HashMap<>();

    /**
     * @param campaigns all campaigns, as they are at each moment
     */
    Roster(Collection<Campaign> campaigns) {
        this.campaigns = campaigns;
    }

    /** How many of some accounts each campaign has; those that have none are left out. */
    Map<Campaign, Integer> having(Collection<String> accounts) {
        refresh();
        Map<Campaign, Integer> counts = new HashMap<>();
        for (String account : accounts) {
            byAccount
                    .getOrDefault(account, List.of())
                    .forEach(c -> counts.merge(c, 1, Integer::sum));
        }
        return counts;
    }

    /** Accounts of a campaign that have done something in a group. */
    List<String> inGroup(Campaign campaign, long group) {
        return entry(campaign).groups.contains(group) ? campaign.inGroup(group) : List.of();
    }

    Infrastructure infrastructure(Campaign campaign) {
        return entry(campaign).infrastructure;
    }

    private void refresh() {
        campaigns.forEach(this::entry);
        if (entries.size() > campaigns.size()) {
            Set<Campaign> known = new HashSet<>(campaigns);
            List<Campaign> gone =
                    entries.keySet().stream().filter(c -> !known.contains(c)).toList();
            gone.forEach(campaign -> unlist(campaign, entries.remove(campaign).accounts));
        }
    }

    private Entry entry(Campaign campaign) {
        Entry entry = entries.computeIfAbsent(campaign, c -> new Entry());
        if (entry.edition != campaign.edition()) {
            read(campaign, entry);
        }
        return entry;
    }

    private void read(Campaign campaign, Entry entry) {
        Set<String> gone = new HashSet<>(entry.accounts);
        gone.removeAll(campaign.accounts.keySet());
        unlist(campaign, gone);
        Set<Long> groups = new HashSet<>();
        Infrastructure infrastructure = new Infrastructure();
        for (Map.Entry<String, CampaignAccount> each : campaign.accounts.entrySet()) {
            if (!entry.accounts.contains(each.getKey())) {
                byAccount.computeIfAbsent(each.getKey(), a -> new ArrayList<>(1)).add(campaign);
            }
            groups.addAll(each.getValue().exchangesByGroup.keySet());
            infrastructure.add(each.getValue().prefix, each.getValue().payment);
        }
        entry.accounts = new HashSet<>(campaign.accounts.keySet());
        entry.groups = groups;
        entry.infrastructure = infrastructure;
        entry.edition = campaign.edition();
    }

    private void unlist(Campaign campaign, Collection<String> accounts) {
        for (String account : accounts) {
            byAccount.computeIfPresent(
                    account,
                    (id, having) -> {
                        having.remove(campaign);
                        return having.isEmpty() ? null : having;
                    });
        }
    }
}
