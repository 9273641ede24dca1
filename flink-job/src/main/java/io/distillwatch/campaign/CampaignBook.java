package io.distillwatch.campaign;

import io.distillwatch.group.GroupReport;
import io.distillwatch.group.MemberReport;
import io.distillwatch.metrics.Hashes;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * All campaigns: joins flagged groups into campaigns and keeps their lives. Pure, and a function of
 * the reports' content: reports of a pane are taken in the order of their groups.
 *
 * <p>A group belongs to a campaign with which it shares enough accounts, payments or address
 * prefixes. Where that connects two campaigns, the one that was flagged first survives.
 */
final class CampaignBook {

    /* Share of the smaller side's accounts that two groups of one operation have in common. */
    static final double MIN_OVERLAP = 0.2;
    static final int MIN_SHARED_ACCOUNTS = 3;
    /* Prefixes are shared by chance more easily than accounts: more of them, and several. */
    static final double MIN_PREFIX_OVERLAP = 0.3;
    static final int MIN_SHARED_PREFIXES = 3;
    static final int MIN_SHARED_PAYMENTS = 2;

    private static final byte VERSION = 1;
    private static final long HOUR = 3_600_000;

    private final TreeMap<String, Campaign> campaigns = new TreeMap<>();
    private final Map<Long, String> campaignOfGroup = new HashMap<>();

    /** What happened in a pane. */
    static final class Changes {
        final TreeSet<String> campaigns = new TreeSet<>();
        final TreeMap<String, TreeSet<String>> members = new TreeMap<>();

        void member(String campaign, String account) {
            members.computeIfAbsent(campaign, id -> new TreeSet<>()).add(account);
        }
    }

    Campaign campaign(String id) {
        return campaigns.get(id);
    }

    Collection<Campaign> campaigns() {
        return campaigns.values();
    }

    /** Takes the reports of one pane. */
    Changes take(List<GroupReport> reports, DetectionPolicy policy) {
        Changes changes = new Changes();
        List<GroupReport> inOrder = new ArrayList<>(reports);
        inOrder.sort(
                Comparator.comparingLong(GroupReport::flaggedAt)
                        .thenComparing(Comparator.comparingLong(GroupReport::exchanges).reversed())
                        .thenComparingLong(GroupReport::group));
        for (GroupReport report : inOrder) {
            take(report, policy, changes);
        }
        return changes;
    }

    private void take(GroupReport report, DetectionPolicy policy, Changes changes) {
        Campaign own = survivor(campaignOfGroup.get(report.group()));
        if (own == null && report.members().isEmpty()) {
            return;
        }
        Set<String> connected = connected(report, own);
        for (String id : connected) {
            own = own == null ? campaigns.get(id) : merge(own, campaigns.get(id), changes);
        }
        if (own == null) {
            String id = campaignId(report);
            own = new Campaign(id, report.flaggedAt());
            campaigns.put(id, own);
        }
        campaignOfGroup.put(report.group(), own.id);
        if (own.status == CampaignStatus.DISMISSED) {
            own.take(report);
            return;
        }
        if (own.status == CampaignStatus.CLOSED) {
            own.status = CampaignStatus.OPEN;
        }
        for (String account : own.take(report)) {
            changes.member(own.id, account);
        }
        changes.campaigns.add(own.id);
        applyVerdicts(policy, report.at(), changes);
    }

    /** Deterministic: the same group flagged at the same moment has the same name in any replay. */
    private static String campaignId(GroupReport report) {
        long hash = Hashes.of(Long.toHexString(report.group()) + "@" + report.flaggedAt());
        String hex = Long.toHexString(hash);
        return "dc-" + "0".repeat(16 - hex.length()) + hex;
    }

    /** Other living campaigns that the report's group has enough in common with, oldest first. */
    private Set<String> connected(GroupReport report, Campaign own) {
        Set<String> prefixes = new HashSet<>();
        Set<Long> payments = new HashSet<>();
        Map<String, Integer> perPrefix = new HashMap<>();
        Map<Long, Integer> perPayment = new HashMap<>();
        for (MemberReport member : report.members()) {
            perPrefix.merge(member.prefix(), 1, Integer::sum);
            perPayment.merge(member.payment(), 1, Integer::sum);
        }
        perPrefix.forEach((prefix, count) -> add(prefixes, prefix, count));
        perPayment.forEach((payment, count) -> add(payments, payment, payment == 0 ? 0 : count));
        List<Campaign> found = new ArrayList<>();
        for (Campaign other : campaigns.values()) {
            if (other != own
                    && other.status != CampaignStatus.MERGED
                    && (sharesAccounts(report, other)
                            || sharesInfrastructure(prefixes, payments, other))) {
                found.add(other);
            }
        }
        found.sort(Comparator.<Campaign>comparingLong(c -> c.flaggedAt).thenComparing(c -> c.id));
        Set<String> ids = new java.util.LinkedHashSet<>();
        found.forEach(campaign -> ids.add(campaign.id));
        return ids;
    }

    /** Only what at least two of the group's own accounts have is a trait of the operation. */
    private static <T> void add(Set<T> traits, T trait, int accounts) {
        if (accounts >= 2) {
            traits.add(trait);
        }
    }

    private static boolean sharesAccounts(GroupReport report, Campaign other) {
        int shared = 0;
        for (MemberReport member : report.members()) {
            shared += other.accounts.containsKey(member.accountId()) ? 1 : 0;
        }
        int smaller = Math.min(report.members().size(), other.accounts.size());
        return shared >= MIN_SHARED_ACCOUNTS && shared >= MIN_OVERLAP * smaller;
    }

    private static boolean sharesInfrastructure(
            Set<String> prefixes, Set<Long> payments, Campaign other) {
        Map<String, Integer> theirPrefixes = new HashMap<>();
        Map<Long, Integer> theirPayments = new HashMap<>();
        other.accounts
                .values()
                .forEach(
                        account -> {
                            theirPrefixes.merge(account.prefix, 1, Integer::sum);
                            if (account.payment != 0) {
                                theirPayments.merge(account.payment, 1, Integer::sum);
                            }
                        });
        long sharedPayments =
                payments.stream().filter(p -> theirPayments.getOrDefault(p, 0) >= 2).count();
        theirPrefixes.values().removeIf(count -> count < 2);
        long sharedPrefixes = prefixes.stream().filter(theirPrefixes::containsKey).count();
        int smaller = Math.min(prefixes.size(), theirPrefixes.size());
        return sharedPayments >= MIN_SHARED_PAYMENTS
                || (sharedPrefixes >= MIN_SHARED_PREFIXES
                        && sharedPrefixes >= MIN_PREFIX_OVERLAP * smaller);
    }

    /** Joins two campaigns; the one that was flagged first survives. */
    private Campaign merge(Campaign one, Campaign two, Changes changes) {
        boolean oneFirst =
                one.flaggedAt != two.flaggedAt
                        ? one.flaggedAt < two.flaggedAt
                        : one.id.compareTo(two.id) < 0;
        Campaign survivor = oneFirst ? one : two;
        Campaign absorbed = oneFirst ? two : one;
        for (String account : absorbed.accounts.keySet()) {
            changes.member(absorbed.id, account);
            changes.member(survivor.id, account);
        }
        survivor.absorb(absorbed);
        survivor.updatedAt = Math.max(survivor.updatedAt, absorbed.updatedAt);
        absorbed.parts.keySet().forEach(group -> campaignOfGroup.put(group, survivor.id));
        absorbed.status = CampaignStatus.MERGED;
        absorbed.mergedInto = survivor.id;
        absorbed.updatedAt = survivor.updatedAt;
        changes.campaigns.add(survivor.id);
        changes.campaigns.add(absorbed.id);
        return survivor;
    }

    private Campaign survivor(String id) {
        Campaign campaign = id == null ? null : campaigns.get(id);
        while (campaign != null && campaign.mergedInto != null) {
            campaign = campaigns.get(campaign.mergedInto);
        }
        return campaign;
    }

    /** Applies analysts' verdicts. */
    void applyVerdicts(DetectionPolicy policy, long now, Changes changes) {
        for (DetectionPolicy.Verdict verdict : policy.verdicts()) {
            Campaign campaign = survivor(verdict.campaignId());
            if (campaign == null) {
                continue;
            }
            if (DetectionPolicy.Verdict.DISMISSED.equals(verdict.verdict())) {
                if (campaign.status != CampaignStatus.DISMISSED) {
                    campaign.status = CampaignStatus.DISMISSED;
                    campaign.updatedAt = now;
                    changes.campaigns.add(campaign.id);
                    campaign.accounts.keySet().forEach(a -> changes.member(campaign.id, a));
                }
            } else if (!campaign.confirmed) {
                campaign.confirmed = true;
                campaign.updatedAt = now;
                changes.campaigns.add(campaign.id);
            }
        }
    }

    /** Closes campaigns that have been silent, forgets those silent for ten times as long. */
    Changes sweep(DetectionPolicy policy, long now) {
        Changes changes = new Changes();
        long silence = policy.closeAfterHours() * HOUR;
        List<String> forgotten = new ArrayList<>();
        for (Campaign campaign : campaigns.values()) {
            long silent = now - campaign.lastSeen();
            if (campaign.status == CampaignStatus.OPEN && silent >= silence) {
                campaign.status = CampaignStatus.CLOSED;
                campaign.updatedAt = now;
                changes.campaigns.add(campaign.id);
            } else if (campaign.status != CampaignStatus.OPEN && silent >= 10 * silence) {
                forgotten.add(campaign.id);
            }
        }
        for (String id : forgotten) {
            campaigns.remove(id);
            campaignOfGroup.values().removeIf(id::equals);
        }
        return changes;
    }

    boolean isEmpty() {
        return campaigns.isEmpty();
    }

    /** Bytes of the book. */
    static final class Codec implements RecordCodec<CampaignBook> {

        @Override
        public void write(CampaignBook book, DataOutputView out) throws IOException {
            out.writeByte(VERSION);
            Wire.writeVarInt(out, book.campaigns.size());
            for (Campaign campaign : book.campaigns.values()) {
                campaign.write(out);
            }
            Wire.writeVarInt(out, book.campaignOfGroup.size());
            for (Map.Entry<Long, String> entry : book.campaignOfGroup.entrySet()) {
                out.writeLong(entry.getKey());
                out.writeUTF(entry.getValue());
            }
        }

        @Override
        public CampaignBook read(DataInputView in) throws IOException {
            byte version = in.readByte();
            if (version != VERSION) {
                throw new IOException("campaign book of unknown version " + version);
            }
            CampaignBook book = new CampaignBook();
            int campaigns = Wire.readVarInt(in);
            for (int i = 0; i < campaigns; i++) {
                Campaign campaign = Campaign.read(in);
                book.campaigns.put(campaign.id, campaign);
            }
            int groups = Wire.readVarInt(in);
            for (int i = 0; i < groups; i++) {
                book.campaignOfGroup.put(in.readLong(), in.readUTF());
            }
            return book;
        }
    }
}
