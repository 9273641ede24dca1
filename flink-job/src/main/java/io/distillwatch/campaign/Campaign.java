package io.distillwatch.campaign;

import io.distillwatch.evidence.Evidence;
import io.distillwatch.family.Cohort;
import io.distillwatch.group.GroupReport;
import io.distillwatch.group.MemberReport;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
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

    /* A group of which so many accounts have others in the campaign tells of the same accounts. */
    static final double FOLLOWS = 0.8;
    /* From its tenth exchange on an account is more than a passer-by; where it hardly sends anything
     * else, from the eighth: with several templates that is its tenth. */
    static final long AT_HOME = 10;
    private static final double MOSTLY = 0.8;

    /** What a group contributes. */
    static final class Part {
        long lastSeen;
        long firstSeen;
        long exchanges;
        long inputTokens;
        long outputTokens;
        /* When the group was last seen with a score that flags. */
        long heldAt;
        double score;
        Map<String, Long> models = new TreeMap<>();
        List<Evidence> evidence = new ArrayList<>();

        Part copy() {
            Part copy = new Part();
            copy.lastSeen = lastSeen;
            copy.firstSeen = firstSeen;
            copy.exchanges = exchanges;
            copy.inputTokens = inputTokens;
            copy.outputTokens = outputTokens;
            copy.heldAt = heldAt;
            copy.score = score;
            copy.models = models;
            copy.evidence = evidence;
            return copy;
        }
    }

    /** An account of the campaign. */
    static final class Account {
        long joinedAt;
        long firstSeen;
        long lastSeen;
        double score;
        String prefix;
        long payment;
        final TreeMap<Long, Long> exchangesByGroup = new TreeMap<>();

        Account copy() {
            Account copy = new Account();
            copy.joinedAt = joinedAt;
            copy.firstSeen = firstSeen;
            copy.lastSeen = lastSeen;
            copy.score = score;
            copy.prefix = prefix;
            copy.payment = payment;
            copy.exchangesByGroup.putAll(exchangesByGroup);
            return copy;
        }

        /**
         * Exchanges that are known to be the campaign's, none twice.
         *
         * @param families of the campaign
         */
        long exchanges(Collection<Long> families) {
            Tally tally = new Tally(families, List.of(payment));
            exchangesByGroup.forEach(tally::add);
            return tally.sum();
        }
    }

    /** What its groups come to, no exchange twice. */
    record Totals(long exchanges, long inputTokens, long outputTokens) {}

    final String id;
    final long flaggedAt;
    CampaignStatus status = CampaignStatus.OPEN;
    String mergedInto;
    long updatedAt;
    boolean confirmed;
    final TreeMap<Long, Part> parts = new TreeMap<>();
    final TreeMap<String, Account> accounts = new TreeMap<>();
    private int edition;

    Campaign(String id, long flaggedAt) {
        this.id = id;
        this.flaggedAt = flaggedAt;
    }

    /**
     * Takes a group's report; gives the accounts that it names anew or changes.
     *
     * <p>Questions that are asked all over the world are a family by themselves: it has the
     * operation's accounts in it, and whoever else asks them. So of a group that was flagged later
     * and whose accounts nearly all stand in others of the campaign as well, an account that only
     * it has is named once it is {@linkplain #atHome at home} there.
     *
     * @param holds whether the group's score flags it now
     * @param patience milliseconds; a group that has not held for as long names nobody new
     * @param contested whether another operation's accounts are in the group as well: then, too, an
     *     account that only it has is named once it is at home there
     */
    List<String> take(GroupReport report, boolean holds, long patience, boolean contested) {
        Part part = parts.computeIfAbsent(report.group(), group -> new Part());
        part.heldAt = holds || part.heldAt == 0 ? report.at() : part.heldAt;
        boolean names = report.at() - part.heldAt < patience;
        part.firstSeen = report.firstSeen();
        part.lastSeen = report.lastSeen();
        part.exchanges = report.exchanges();
        part.inputTokens = report.inputTokens();
        part.outputTokens = report.outputTokens();
        part.score = report.score();
        part.models = report.models();
        part.evidence = report.evidence();
        List<String> changed = new ArrayList<>();
        boolean guarded = contested || follows(report);
        for (MemberReport member : report.members()) {
            Account account = accounts.get(member.accountId());
            if (account == null && (!names || (guarded && !atHome(member)))) {
                continue;
            }
            if (account == null) {
                account = new Account();
                account.joinedAt = report.at();
                account.firstSeen = member.firstSeen();
                account.prefix = member.prefix();
                account.payment = member.payment();
                accounts.put(member.accountId(), account);
                edition++;
            }
            account.firstSeen = Math.min(account.firstSeen, member.firstSeen());
            account.lastSeen = Math.max(account.lastSeen, member.lastSeen());
            count(account, report.group(), member.exchanges());
            account.score = memberScore(member, report.score());
            changed.add(member.accountId());
        }
        updatedAt = report.at();
        return changed;
    }

    private static boolean atHome(MemberReport member) {
        return member.exchanges() >= AT_HOME
                || member.exchanges() >= MOSTLY * Math.max(AT_HOME, member.recentExchanges());
    }

    /**
     * Whether the group came later, and its accounts stand in others of the campaign but for a few.
     */
    private boolean follows(GroupReport report) {
        boolean nobodyNew =
                report.members().stream().allMatch(m -> accounts.containsKey(m.accountId()));
        if (report.flaggedAt() <= flaggedAt || nobodyNew) {
            return false; // for most reports: not worth a look at every account
        }
        long own = 0;
        long shared = 0;
        for (Account account : accounts.values()) {
            if (account.exchangesByGroup.containsKey(report.group())) {
                own++;
                shared += account.exchangesByGroup.size() > 1 ? 1 : 0;
            }
        }
        for (MemberReport member : report.members()) {
            Account account = accounts.get(member.accountId());
            if (account == null || !account.exchangesByGroup.containsKey(report.group())) {
                own++;
                shared += account == null ? 0 : 1;
            }
        }
        return shared >= FOLLOWS * own;
    }

    private void count(Account account, long group, long exchanges) {
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
        Account account = accounts.get(member.accountId());
        if (account != null) {
            account.lastSeen = Math.max(account.lastSeen, member.lastSeen());
            count(account, group, member.exchanges());
        }
        return account != null;
    }

    /** Takes accounts, and all that they did, from another campaign. */
    void takeOver(Map<String, Account> theirs, Campaign other, long at) {
        theirs.forEach(
                (id, account) -> {
                    Account ours = account.copy();
                    ours.joinedAt = at;
                    accounts.put(id, ours);
                });
        other.accounts.keySet().removeAll(theirs.keySet());
        edition++;
        other.edition++;
        other.updatedAt = Math.max(other.updatedAt, at);
    }

    /** How sure the account is a member: the group's score, less while it has done little there. */
    private static double memberScore(MemberReport member, double groupScore) {
        return groupScore * (1 - Math.exp(-member.exchanges() / 2.0));
    }

    /** Takes a copy of everything of another campaign, which stays as it is. */
    void absorb(Campaign other) {
        edition++;
        other.parts.forEach((group, part) -> parts.put(group, part.copy()));
        other.accounts.forEach(
                (id, theirs) -> {
                    Account ours = accounts.get(id);
                    if (ours == null) {
                        accounts.put(id, theirs.copy());
                    } else {
                        ours.joinedAt = Math.min(ours.joinedAt, theirs.joinedAt);
                        ours.firstSeen = Math.min(ours.firstSeen, theirs.firstSeen);
                        ours.lastSeen = Math.max(ours.lastSeen, theirs.lastSeen);
                        ours.score = Math.max(ours.score, theirs.score);
                        ours.exchangesByGroup.putAll(theirs.exchangesByGroup);
                    }
                });
    }

    /**
     * Takes groups, and what accounts did in them, back out of another campaign; gives the accounts
     * that this leaves without any group there.
     */
    TreeMap<String, Account> takeBack(Set<Long> groups, Campaign other) {
        for (long group : groups) {
            Part part = other.parts.remove(group);
            if (part != null) {
                parts.put(group, part);
            }
        }
        TreeMap<String, Account> left = new TreeMap<>();
        for (Map.Entry<String, Account> entry : other.accounts.entrySet()) {
            Account theirs = entry.getValue();
            Account before = theirs.copy();
            if (theirs.exchangesByGroup.keySet().removeAll(groups)) {
                Account ours = accounts.computeIfAbsent(entry.getKey(), id -> before.copy());
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
        return parts.values().stream().mapToLong(part -> part.heldAt).max().orElse(flaggedAt);
    }

    /** Its groups that are prompt families. */
    List<Long> families() {
        return parts.keySet().stream().filter(group -> !Cohort.isCohort(group)).toList();
    }

    Totals totals() {
        Set<Long> payments = new HashSet<>();
        accounts.values().forEach(account -> payments.add(account.payment));
        Tally tally = new Tally(families(), payments);
        parts.forEach((group, part) -> tally.add(group, part.exchanges));
        long input = 0;
        long output = 0;
        for (Map.Entry<Long, Part> entry : parts.entrySet()) {
            if (tally.counts(entry.getKey())) {
                input += entry.getValue().inputTokens;
                output += entry.getValue().outputTokens;
            }
        }
        return new Totals(tally.sum(), input, output);
    }

    /** Names of the models that its groups used. */
    SortedSet<String> models() {
        TreeSet<String> models = new TreeSet<>();
        parts.values().forEach(part -> models.addAll(part.models.keySet()));
        return models;
    }

    long firstSeen() {
        return parts.values().stream().mapToLong(part -> part.firstSeen).min().orElse(flaggedAt);
    }

    long lastSeen() {
        return parts.values().stream().mapToLong(part -> part.lastSeen).max().orElse(flaggedAt);
    }

    double score() {
        return parts.values().stream().mapToDouble(part -> part.score).max().orElse(0);
    }

    /** The evidence of the group with the highest score. */
    List<Evidence> evidence() {
        Part strongest = null;
        for (Part part : parts.values()) {
            if (strongest == null || part.score > strongest.score) {
                strongest = part;
            }
        }
        return strongest == null ? List.of() : strongest.evidence;
    }

    void write(DataOutputView out) throws IOException {
        Wire.writeText(out, id);
        out.writeLong(flaggedAt);
        Wire.writeText(out, status.name());
        Wire.writeText(out, mergedInto);
        out.writeLong(updatedAt);
        out.writeBoolean(confirmed);
        Wire.writeVarInt(out, parts.size());
        for (Map.Entry<Long, Part> entry : parts.entrySet()) {
            Part part = entry.getValue();
            out.writeLong(entry.getKey());
            out.writeLong(part.firstSeen);
            out.writeLong(part.lastSeen);
            out.writeLong(part.exchanges);
            out.writeLong(part.inputTokens);
            out.writeLong(part.outputTokens);
            out.writeLong(part.heldAt);
            out.writeDouble(part.score);
            GroupReport.writeModels(part.models, out);
            GroupReport.writeEvidence(part.evidence, out);
        }
        Wire.writeVarInt(out, accounts.size());
        for (Map.Entry<String, Account> entry : accounts.entrySet()) {
            Account account = entry.getValue();
            Wire.writeText(out, entry.getKey());
            out.writeLong(account.joinedAt);
            out.writeLong(account.firstSeen);
            out.writeLong(account.lastSeen);
            out.writeDouble(account.score);
            Wire.writeText(out, account.prefix);
            out.writeLong(account.payment);
            Wire.writeVarInt(out, account.exchangesByGroup.size());
            for (Map.Entry<Long, Long> count : account.exchangesByGroup.entrySet()) {
                out.writeLong(count.getKey());
                Wire.writeVarLong(out, count.getValue());
            }
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
            Part part = new Part();
            campaign.parts.put(in.readLong(), part);
            part.firstSeen = in.readLong();
            part.lastSeen = in.readLong();
            part.exchanges = in.readLong();
            part.inputTokens = in.readLong();
            part.outputTokens = in.readLong();
            part.heldAt = in.readLong();
            part.score = in.readDouble();
            part.models = GroupReport.readModels(in);
            part.evidence = GroupReport.readEvidence(in);
        }
        int accounts = Wire.readVarInt(in);
        for (int i = 0; i < accounts; i++) {
            Account account = new Account();
            campaign.accounts.put(Wire.readText(in), account);
            account.joinedAt = in.readLong();
            account.firstSeen = in.readLong();
            account.lastSeen = in.readLong();
            account.score = in.readDouble();
            account.prefix = Wire.readText(in);
            account.payment = in.readLong();
            int groups = Wire.readVarInt(in);
            for (int j = 0; j < groups; j++) {
                account.exchangesByGroup.put(in.readLong(), Wire.readVarLong(in));
            }
        }
        return campaign;
    }
}
