package io.distillwatch.campaign;

import io.distillwatch.family.Cohort;
import io.distillwatch.group.GroupReport;
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
 * prefixes. Where that connects two campaigns, the one that was flagged first survives. Two that
 * only ask the same questions, and whose own families {@linkplain Exclusion exclude} one another,
 * stay two: what an account does in the questions of both counts where the account is.
 *
 * <h2>Verdicts</h2>
 *
 * An analyst's verdict is on what was written under the campaign's id, and holds as long as it
 * stands in the policy: taken out, it is withdrawn.
 *
 * <ul>
 *   <li><em>Dismissed</em> is the campaign's evidence: its groups, from then on, whoever else turns
 *       up in them, and any new group at least half of whose accounts it had. None of these is told
 *       again, and a dismissed campaign neither takes in another one nor is taken in. Accounts,
 *       payments and prefixes alone are not cleared: in a new group of other accounts they count.
 *   <li>To dismiss a campaign that <em>was merged</em> takes its groups back out of the survivor,
 *       with the accounts that have nothing else there; the survivor stays what it is.
 *   <li>To dismiss a survivor dismisses all that it holds, including what was merged into it.
 *   <li><em>Confirmed</em> is a statement on the operation: on a merged campaign it goes to the
 *       survivor. It does not outweigh that campaign's own dismissal.
 * </ul>
 *
 * <h2>Life</h2>
 *
 * A campaign is open while one of its groups is heard of and <em>holds</em>: has a score that
 * flags. It is closed when it has been silent, or no group has held, for the policy's hours; only a
 * group that holds opens it again. A group that has not held for as long names no new accounts.
 */
final class CampaignBook {

    /* A new group of which at least this share of accounts was dismissed is dismissed with them. */
    static final double CLEARED = 0.5;

    private static final byte VERSION = 1;
    private static final long HOUR = 3_600_000;

    private final TreeMap<String, Campaign> campaigns = new TreeMap<>();
    private final Map<Long, String> campaignOfGroup = new HashMap<>();
    private final Roster roster = new Roster(campaigns.values());
    private final Claims claims = new Claims(campaigns.values(), roster);

    /** What happened in a pane. */
    static final class Changes {
        final TreeSet<String> campaigns = new TreeSet<>();
        final TreeMap<String, TreeSet<String>> members = new TreeMap<>();
        /* Accounts that a living campaign has no more, as they were. */
        final TreeMap<String, TreeMap<String, CampaignAccount>> removed = new TreeMap<>();

        void member(String campaign, String account) {
            members.computeIfAbsent(campaign, id -> new TreeSet<>()).add(account);
            removed.getOrDefault(campaign, new TreeMap<>()).remove(account);
        }

        void removed(String campaign, Map<String, CampaignAccount> accounts) {
            removed.computeIfAbsent(campaign, id -> new TreeMap<>()).putAll(accounts);
            members.getOrDefault(campaign, new TreeSet<>()).removeAll(accounts.keySet());
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
        // Before, so that what is dismissed takes no part; after, for what is born dismissed.
        long at = inOrder.isEmpty() ? 0 : inOrder.get(0).at();
        applyVerdicts(policy, at, changes);
        for (GroupReport report : inOrder) {
            take(report, policy, changes);
        }
        applyVerdicts(policy, at, changes);
        return changes;
    }

    private void take(GroupReport report, DetectionPolicy policy, Changes changes) {
        boolean holds = report.score() >= policy.flagThreshold();
        long patience = patience(policy);
        Campaign own = survivor(campaignOfGroup.get(report.group()));
        if (own == null && report.members().isEmpty()) {
            return;
        }
        if (own == null || own.status != CampaignStatus.DISMISSED) {
            own = joined(report, own, changes);
        }
        campaignOfGroup.put(report.group(), own.id);
        GroupReport ours = own(report, own, holds, changes);
        List<String> named = own.take(ours, holds, patience, claims.contested(report, own));
        if (own.status == CampaignStatus.DISMISSED
                || (own.status == CampaignStatus.CLOSED && !holds)) {
            return;
        }
        own.status = CampaignStatus.OPEN;
        for (String account : named) {
            changes.member(own.id, account);
        }
        changes.campaigns.add(own.id);
    }

    /** The report of those accounts that the campaign may name. */
    private GroupReport own(GroupReport report, Campaign own, boolean holds, Changes changes) {
        if (own.status == CampaignStatus.DISMISSED) {
            return report;
        }
        // A cohort is a coarse net: where prompts tell who belongs, it names nobody else.
        boolean coarse = Cohort.isCohort(report.group()) && !own.families().isEmpty();
        return coarse
                ? report.only(own.accounts.keySet())
                : claims.unclaimed(report, own, holds, changes);
    }

    /** The campaign of a group that is not dismissed so far, with all that the group connects. */
    private Campaign joined(GroupReport report, Campaign known, Changes changes) {
        Campaign own = known;
        for (Campaign other : connected(report, own)) {
            if (!Claims.apart(report, own, other)) {
                own = own == null ? other : merge(own, other, changes);
            }
        }
        if (own == null) {
            own = dismissedWith(report);
        }
        if (own == null) {
            own = new Campaign(campaignId(report), report.flaggedAt());
            campaigns.put(own.id, own);
        }
        return own;
    }

    /** The oldest dismissed campaign that had most of the group's accounts; null if none had. */
    private Campaign dismissedWith(GroupReport report) {
        Campaign oldest = null;
        for (Campaign campaign : campaigns.values()) {
            if (campaign.status == CampaignStatus.DISMISSED
                    && Ties.shared(report, campaign) >= CLEARED * report.members().size()
                    && (oldest == null || campaign.flaggedAt < oldest.flaggedAt)) {
                oldest = campaign;
            }
        }
        return oldest;
    }

    /** Deterministic: the same group flagged at the same moment has the same name in any replay. */
    private static String campaignId(GroupReport report) {
        long hash = Hashes.of(Long.toHexString(report.group()) + "@" + report.flaggedAt());
        String hex = Long.toHexString(hash);
        return "dc-" + "0".repeat(16 - hex.length()) + hex;
    }

    /** Other living campaigns that the group has most in common with first, then the oldest. */
    private List<Campaign> connected(GroupReport report, Campaign own) {
        Ties ties = new Ties(report, own, roster);
        List<Campaign> found = new ArrayList<>();
        for (Campaign other : campaigns.values()) {
            if (other != own
                    && other.status != CampaignStatus.MERGED
                    && other.status != CampaignStatus.DISMISSED
                    && ties.with(other)) {
                found.add(other);
            }
        }
        found.sort(
                Comparator.<Campaign>comparingInt(c -> -Ties.shared(report, c))
                        .thenComparingLong(c -> c.flaggedAt)
                        .thenComparing(c -> c.id));
        return found;
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
        if (absorbed.status == CampaignStatus.OPEN) {
            survivor.status = CampaignStatus.OPEN;
        }
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

    /** Applies analysts' verdicts as they stand; of two on one campaign the last one counts. */
    void applyVerdicts(DetectionPolicy policy, long now, Changes changes) {
        Set<String> dismissed = new HashSet<>();
        Set<String> confirmed = new HashSet<>();
        for (DetectionPolicy.Verdict verdict : policy.verdicts()) {
            boolean dismisses = DetectionPolicy.Verdict.DISMISSED.equals(verdict.verdict());
            (dismisses ? dismissed : confirmed).add(verdict.campaignId());
            (dismisses ? confirmed : dismissed).remove(verdict.campaignId());
        }
        for (Campaign campaign : campaigns.values()) {
            boolean is = campaign.status == CampaignStatus.DISMISSED;
            if (dismissed.contains(campaign.id) && !is) {
                dismiss(campaign, now, changes);
            } else if (is && !dismissed.contains(campaign.id)) {
                changeAll(campaign, CampaignStatus.OPEN, now, changes);
            }
        }
        Set<Campaign> operations = new HashSet<>();
        confirmed.forEach(id -> operations.add(survivor(id)));
        for (Campaign campaign : campaigns.values()) {
            boolean living =
                    campaign.status == CampaignStatus.OPEN
                            || campaign.status == CampaignStatus.CLOSED;
            if (living && campaign.confirmed != operations.contains(campaign)) {
                campaign.confirmed = !campaign.confirmed;
                campaign.updatedAt = now;
                changes.campaigns.add(campaign.id);
            }
        }
    }

    private void dismiss(Campaign campaign, long now, Changes changes) {
        Campaign survivor = survivor(campaign.id);
        if (survivor != campaign) {
            Set<Long> groups = new HashSet<>(campaign.parts.keySet());
            changes.removed(survivor.id, campaign.takeBack(groups, survivor));
            groups.forEach(group -> campaignOfGroup.put(group, campaign.id));
            survivor.updatedAt = now;
            changes.campaigns.add(survivor.id);
            campaign.mergedInto = null;
        }
        campaign.confirmed = false;
        changeAll(campaign, CampaignStatus.DISMISSED, now, changes);
    }

    private static void changeAll(
            Campaign campaign, CampaignStatus status, long now, Changes changes) {
        campaign.status = status;
        campaign.updatedAt = now;
        changes.campaigns.add(campaign.id);
        campaign.accounts.keySet().forEach(account -> changes.member(campaign.id, account));
    }

    private static long patience(DetectionPolicy policy) {
        return policy.closeAfterHours() * HOUR;
    }

    /**
     * Closes campaigns that have been silent or have not held, forgets those silent for ten times
     * as long.
     */
    Changes sweep(DetectionPolicy policy, long now) {
        Changes changes = new Changes();
        long silence = patience(policy);
        List<String> forgotten = new ArrayList<>();
        for (Campaign campaign : campaigns.values()) {
            long silent = now - campaign.lastSeen();
            boolean over = silent >= silence || now - campaign.heldAt() >= silence;
            if (campaign.status == CampaignStatus.OPEN && over) {
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
                Wire.writeText(out, entry.getValue());
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
                book.campaignOfGroup.put(in.readLong(), Wire.readText(in));
            }
            return book;
        }
    }
}
