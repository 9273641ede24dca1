package io.distillwatch.campaign;

import io.distillwatch.group.MemberReport;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** An account of a campaign, and what it did in each of its groups. Mutable. */
final class CampaignAccount {

    long joinedAt;
    long firstSeen;
    long lastSeen;
    double score;
    String prefix;
    long payment;
    final TreeMap<Long, Long> exchangesByGroup = new TreeMap<>();

    CampaignAccount() {}

    /** An account that is named now. */
    CampaignAccount(MemberReport member, long now) {
        joinedAt = now;
        firstSeen = member.firstSeen();
        prefix = member.prefix();
        payment = member.payment();
    }

    /** Takes what a group says of it, but for the exchanges. */
    void take(MemberReport member, double groupScore) {
        firstSeen = Math.min(firstSeen, member.firstSeen());
        lastSeen = Math.max(lastSeen, member.lastSeen());
        score = sureness(member, groupScore);
    }

    /** How sure it is a member: the group's score, less while it has done little there. */
    private static double sureness(MemberReport member, double groupScore) {
        return groupScore * (1 - Math.exp(-member.exchanges() / 2.0));
    }

    /** Takes what the same account is to another campaign. */
    void merge(CampaignAccount other) {
        joinedAt = Math.min(joinedAt, other.joinedAt);
        firstSeen = Math.min(firstSeen, other.firstSeen);
        lastSeen = Math.max(lastSeen, other.lastSeen);
        score = Math.max(score, other.score);
        exchangesByGroup.putAll(other.exchangesByGroup);
    }

    CampaignAccount copy() {
        CampaignAccount copy = new CampaignAccount();
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

    void write(DataOutputView out) throws IOException {
        out.writeLong(joinedAt);
        out.writeLong(firstSeen);
        out.writeLong(lastSeen);
        out.writeDouble(score);
        Wire.writeText(out, prefix);
        out.writeLong(payment);
        Wire.writeVarInt(out, exchangesByGroup.size());
        for (Map.Entry<Long, Long> count : exchangesByGroup.entrySet()) {
            out.writeLong(count.getKey());
            Wire.writeVarLong(out, count.getValue());
        }
    }

    /** Reads what {@link #write} wrote. */
    static CampaignAccount read(DataInputView in) throws IOException {
        CampaignAccount account = new CampaignAccount();
        account.joinedAt = in.readLong();
        account.firstSeen = in.readLong();
        account.lastSeen = in.readLong();
        account.score = in.readDouble();
        account.prefix = Wire.readText(in);
        account.payment = in.readLong();
        int groups = Wire.readVarInt(in);
        for (int i = 0; i < groups; i++) {
            account.exchangesByGroup.put(in.readLong(), Wire.readVarLong(in));
        }
        return account;
    }
}
