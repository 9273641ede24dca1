package io.distillwatch.campaign;

import io.distillwatch.evidence.Evidence;
import io.distillwatch.family.Cohort;
import io.distillwatch.group.GroupReport;
import io.distillwatch.group.MemberReport;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A campaign as it is known now: its groups and the accounts of each. Mutable. */
final class Campaign {

    /** What its groups come to, no exchange twice. */
    record Totals(long exchanges, long inputTokens, long outputTokens) {}

    final String id;
    final long flaggedAt;
    CampaignStatus status = CampaignStatus.OPEN;
    String mergedInto;
    long updatedAt;
    boolean confirmed;
    final TreeMap<Long, CampaignPart> parts = new TreeMap<>();
    final TreeMap<String, CampaignAccount> accounts = new TreeMap<>();
    private int edition;

    Campaign(String id, long flaggedAt) {
        this.id = id;
        this.flaggedAt = flaggedAt;
    }

    /**
     * Takes a group's report; gives the accounts that it names anew or changes.
     *
     * @param holds whether the group's score flags it now
     * @param patience milliseconds; a group that has not held for as long names nobody new
     * @param contested whether another operation's accounts are in the group as well
     */
    List<String> take(GroupReport report, boolean holds, long patience, boolean contested) {
        CampaignPart before = parts.get(report.group());
        long heldAt = holds || before == null ? report.at() : before.heldAt();
        parts.put(report.group(), CampaignPart.of(report, heldAt));
        boolean names = report.at() - heldAt < patience;
        Admission admission = Admission.of(this, report, contested);
        List<String> changed = new ArrayList<>();
        for (MemberReport member : report.members()) {
            CampaignAccount account = accounts.get(member.accountId());
            if (account == null && !(names && admission.test(member))) {
                continue;
            }
            if (account == null) {
                account = new CampaignAccount(member, report.at());
                accounts.put(member.accountId(), account);
                edition++;
            }
            account.take(member, report.score());
            count(account, report.group(), member.exchanges());
            changed.add(member.accountId());
        }
        updatedAt = report.at();
        return changed;
    }

    private void count(CampaignAccount account, long group, long exchanges) {
        boolean anew = account.exchangesByGroup.put(group, exchanges) == null;
        edition += anew ? 1 : 0;
    }

    /** Changes whenever an account comes or goes, or does something in a group anew. */
    int edition() {
        return edition;
    }

    /** Its accounts that have done something in a group, be it a group of another campaign. */
    List<String> inGroup(long group) {
        return accounts.entrySet().stream()
                .filter(entry -> entry.getValue().exchangesByGroup.containsKey(group))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Keeps what an account of this campaign did in a group; false if it is none. */
    boolean credit(long group, MemberReport member) {
        CampaignAccount account = accounts.get(member.accountId());
        if (account != null) {
            account.lastSeen = Math.max(account.lastSeen, member.lastSeen());
            count(account, group, member.exchanges());
        }
        return account != null;
    }

    /** Takes accounts, and all that they did, from another campaign. */
    void takeOver(Map<String, CampaignAccount> theirs, Campaign other, long at) {
        theirs.forEach(
                (id, account) -> {
                    CampaignAccount ours = account.copy();
                    ours.joinedAt = at;
                    accounts.put(id, ours);
                });
        other.accounts.keySet().removeAll(theirs.keySet());
        edition++;
        other.edition++;
        other.updatedAt = Math.max(other.updatedAt, at);
    }

    /** Takes a copy of everything of another campaign, which stays as it is. */
    void absorb(Campaign other) {
        edition++;
        parts.putAll(other.parts);
        other.accounts.forEach(
                (id, theirs) -> {
                    CampaignAccount ours = accounts.get(id);
                    if (ours == null) {
                        accounts.put(id, theirs.copy());
                    } else {
                        ours.merge(theirs);
                    }
                });
    }

    /**
     * Takes groups, and what accounts did in them, back out of another campaign; gives the accounts
     * that this leaves without any group there.
     */
    TreeMap<String, CampaignAccount> takeBack(Set<Long> groups, Campaign other) {
        for (long group : groups) {
            CampaignPart part = other.parts.remove(group);
            if (part != null) {
                parts.put(group, part);
            }
        }
        TreeMap<String, CampaignAccount> left = new TreeMap<>();
        for (Map.Entry<String, CampaignAccount> entry : other.accounts.entrySet()) {
            CampaignAccount theirs = entry.getValue();
            CampaignAccount before = theirs.copy();
            if (theirs.exchangesByGroup.keySet().removeAll(groups)) {
                CampaignAccount ours =
                        accounts.computeIfAbsent(entry.getKey(), id -> before.copy());
                ours.lastSeen = Math.max(ours.lastSeen, before.lastSeen);
                before.exchangesByGroup.keySet().retainAll(groups);
                ours.exchangesByGroup.keySet().retainAll(groups);
                ours.exchangesByGroup.putAll(before.exchangesByGroup);
                if (theirs.exchangesByGroup.isEmpty()) {
                    left.put(entry.getKey(), theirs);
                }
            }
        }
        other.accounts.keySet().removeAll(left.keySet());
        edition++;
        other.edition++;
        return left;
    }

    /** When a group of the campaign was last seen with a score that flags. */
    long heldAt() {
        return parts.values().stream().mapToLong(part -> part.heldAt()).max().orElse(flaggedAt);
    }

    /** Its groups that are prompt families. */
    List<Long> families() {
        return parts.keySet().stream().filter(group -> !Cohort.isCohort(group)).toList();
    }

    Totals totals() {
        Set<Long> payments = new HashSet<>();
        accounts.values().forEach(account -> payments.add(account.payment));
        Tally tally = new Tally(families(), payments);
        parts.forEach((group, part) -> tally.add(group, part.exchanges()));
        long input = 0;
        long output = 0;
        for (Map.Entry<Long, CampaignPart> entry : parts.entrySet()) {
            if (tally.counts(entry.getKey())) {
                input += entry.getValue().inputTokens();
                output += entry.getValue().outputTokens();
            }
        }
        return new Totals(tally.sum(), input, output);
    }

    /** Names of the models that its groups used. */
    SortedSet<String> models() {
        TreeSet<String> models = new TreeSet<>();
        parts.values().forEach(part -> models.addAll(part.models().keySet()));
        return models;
    }

    long firstSeen() {
        return parts.values().stream().mapToLong(part -> part.firstSeen()).min().orElse(flaggedAt);
    }

    long lastSeen() {
        return parts.values().stream().mapToLong(part -> part.lastSeen()).max().orElse(flaggedAt);
    }

    double score() {
        return parts.values().stream().mapToDouble(part -> part.score()).max().orElse(0);
    }

    /** The evidence of the group with the highest score. */
    List<Evidence> evidence() {
        CampaignPart strongest = null;
        for (CampaignPart part : parts.values()) {
            if (strongest == null || part.score() > strongest.score()) {
                strongest = part;
            }
        }
        return strongest == null ? List.of() : strongest.evidence();
    }

    void write(DataOutputView out) throws IOException {
        Wire.writeText(out, id);
        out.writeLong(flaggedAt);
        Wire.writeText(out, status.name());
        Wire.writeText(out, mergedInto);
        out.writeLong(updatedAt);
        out.writeBoolean(confirmed);
        Wire.writeVarInt(out, parts.size());
        for (Map.Entry<Long, CampaignPart> entry : parts.entrySet()) {
            out.writeLong(entry.getKey());
            entry.getValue().write(out);
        }
        Wire.writeVarInt(out, accounts.size());
        for (Map.Entry<String, CampaignAccount> entry : accounts.entrySet()) {
            Wire.writeText(out, entry.getKey());
            entry.getValue().write(out);
        }
    }

    /** Reads what {@link #write} wrote. */
    static Campaign read(DataInputView in) throws IOException {
        Campaign campaign = new Campaign(Wire.readText(in), in.readLong());
        campaign.status = CampaignStatus.valueOf(Wire.readText(in));
        campaign.mergedInto = Wire.readText(in);
        campaign.updatedAt = in.readLong();
        campaign.confirmed = in.readBoolean();
        int parts = Wire.readVarInt(in);
        for (int i = 0; i < parts; i++) {
            campaign.parts.put(in.readLong(), CampaignPart.read(in));
        }
        int accounts = Wire.readVarInt(in);
        for (int i = 0; i < accounts; i++) {
            campaign.accounts.put(Wire.readText(in), CampaignAccount.read(in));
        }
        return campaign;
    }
}
