package io.distillwatch.group;

import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.metrics.Hashes;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What is kept of one account in one group: about 120 bytes. */
final class Member {

    static final int MAX_PREFIXES = 8;

    private static final long DAY = 86_400_000;
    private static final long[] NONE = {};

    final long accountHash;
    long firstSeen;
    long lastSeen;
    long exchanges;
    /* Repeats after the pane of joining, and the even-share clock at joining and at the last one. */
    long repeats;
    double joinedClock;
    double lastClock;
    boolean retired;
    /* Main prefix: that of the first exchange. Its text is kept for the outputs. */
    String prefix;
    long[] prefixes = NONE;
    int prefixLooks;
    long client;
    long payment;
    long createdAt;
    long organization;
    long knownSince;
    long recentExchanges;
    /* Sum over the exchanges of the hour of the day as a unit vector, midnight UTC to the east. */
    float east;
    float north;
    /* End of the pane in which this member was last reported downstream; 0 for never. */
    long reportedAt;

    Member(long accountHash) {
        this.accountHash = accountHash;
    }

    /** Takes what identifies the account from one of its panes. */
    void describe(AccountPane pane) {
        if (exchanges == 0) {
            firstSeen = pane.exchanges().get(0).eventTime();
            prefix = pane.exchanges().get(0).prefix();
            knownSince = pane.knownSince();
        }
        recentExchanges = pane.recentExchanges();
        for (Exchange exchange : pane.exchanges()) {
            exchanges++;
            lastSeen = exchange.eventTime();
            double hour = 2 * Math.PI * Math.floorMod(exchange.eventTime(), DAY) / DAY;
            east += (float) Math.cos(hour);
            north += (float) Math.sin(hour);
            if (prefixLooks < MAX_PREFIXES) {
                prefixLooks++;
                addPrefix(Hashes.of(exchange.prefix()));
            }
            client = client == 0 ? exchange.clientHash() : client;
            payment = payment == 0 ? exchange.paymentHash() : payment;
            if (organization == 0 && exchange.organizationId() != null) {
                organization = Hashes.of(exchange.organizationId());
            }
            createdAt = createdAt == 0 ? exchange.accountCreatedAt() : createdAt;
        }
    }

    private void addPrefix(long hash) {
        for (long known : prefixes) {
            if (known == hash) {
                return;
            }
        }
        prefixes = Arrays.copyOf(prefixes, prefixes.length + 1);
        prefixes[prefixes.length - 1] = hash;
    }

    void write(DataOutputView out) throws IOException {
        out.writeLong(accountHash);
        out.writeLong(firstSeen);
        out.writeLong(lastSeen);
        Wire.writeVarLong(out, exchanges);
        Wire.writeVarLong(out, repeats);
        out.writeDouble(joinedClock);
        out.writeDouble(lastClock);
        out.writeBoolean(retired);
        Wire.writeText(out, prefix);
        Wire.writeLongs(out, prefixes);
        out.writeByte(prefixLooks);
        out.writeLong(client);
        out.writeLong(payment);
        out.writeLong(createdAt);
        out.writeLong(organization);
        out.writeLong(knownSince);
        Wire.writeVarLong(out, recentExchanges);
        out.writeFloat(east);
        out.writeFloat(north);
        out.writeLong(reportedAt);
    }

    static Member read(DataInputView in) throws IOException {
        Member member = new Member(in.readLong());
        member.firstSeen = in.readLong();
        member.lastSeen = in.readLong();
        member.exchanges = Wire.readVarLong(in);
        member.repeats = Wire.readVarLong(in);
        member.joinedClock = in.readDouble();
        member.lastClock = in.readDouble();
        member.retired = in.readBoolean();
        member.prefix = Wire.readText(in);
        member.prefixes = Wire.readLongs(in);
        member.prefixLooks = in.readByte();
        member.client = in.readLong();
        member.payment = in.readLong();
        member.createdAt = in.readLong();
        member.organization = in.readLong();
        member.knownSince = in.readLong();
        member.recentExchanges = Wire.readVarLong(in);
        member.east = in.readFloat();
        member.north = in.readFloat();
        member.reportedAt = in.readLong();
        return member;
    }
}
