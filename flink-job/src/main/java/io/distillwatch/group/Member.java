package io.distillwatch.group;

import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.metrics.Hashes;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What is kept of one account in one group: about 130 bytes. */
final class Member {

    static final int MAX_PREFIXES = 8;

    private static final long DAY = 86_400_000;
    private static final long HOUR = 3_600_000;
    /* Spreads small differences over 64 bits: the golden ratio's fractional part. */
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final long[] NONE = {};

    final long accountHash;
    long firstSeen;
    long lastSeen;
    long exchanges;
    /* Between the last two of them, in milliseconds; 0 for none. */
    long gap;
    /* Times it began something after the pane of joining, and the even-share clock at joining and at
     * the last one. */
    long repeats;
    double joinedClock;
    double lastClock;
    boolean retired;
    /* Hashes of the last two, so that two at a time are not taken for many. */
    private int conversation;
    private int conversationBefore;
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
    /* Exchanges outside the group, from the day before joining on, where they are known. */
    int outside;
    long outsideSince;
    /* Sum over the exchanges and those outside of the hour of the day as a unit vector, midnight
     * UTC to the east. */
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
            turn(exchange.eventTime(), 1);
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

    /**
     * Takes the conversations of the account's pane; says how often it began something. A further
     * turn of a conversation begins nothing: a queue deals out tasks, however many turns each
     * takes.
     */
    int converse(AccountPane pane) {
        int begun = 0;
        for (Exchange exchange : pane.exchanges()) {
            int next = (int) exchange.conversationHash();
            if (next == 0 || (next != conversation && next != conversationBefore)) {
                begun++;
            }
            if (next != conversation) {
                conversationBefore = conversation;
                conversation = next;
            }
        }
        return begun;
    }

    /**
     * Takes what the account did in the day before this pane and outside the group, so that the
     * rhythm of its day is known from its first exchange on and without the gaps that an account
     * leaves which is taken for a machine at one time and not at another.
     *
     * @param halfHours exchanges of the group, to which those outside are added
     */
    void rememberHours(AccountPane pane, HalfHours halfHours) {
        byte[] hours = pane.hours();
        long newest = Math.floorDiv(pane.paneEnd() - 1, HOUR);
        long first = newest - hours.length + 1;
        if (exchanges == 0) {
            outsideSince = Math.max(first * HOUR, pane.knownSince());
        } else {
            // What else it did in the hour of its last exchange here is not known.
            first = Math.max(first, Math.floorDiv(lastSeen, HOUR) + 1);
        }
        for (long hour = first; hour <= newest; hour++) {
            int all = hours[(int) (hours.length - 1 - (newest - hour))];
            int count = all - (hour == newest ? pane.exchanges().size() : 0);
            if (count > 0) {
                outside += count;
                turn(hour * HOUR + HOUR / 2, count);
                long second = inSecondHalf(hour, count, pane);
                halfHours.add(2 * hour, count - second);
                halfHours.add(2 * hour + 1, second);
            }
        }
    }

    /* In which half of an hour: by a hash, of the newest hour only what lies before the pane. */
    private long inSecondHalf(long hour, int count, AccountPane pane) {
        long start = pane.exchanges().get(0).eventTime() - hour * HOUR;
        long span = Math.min(HOUR, Math.max(1, start));
        long second = 0;
        for (int each = 0; each < count; each++) {
            long hash = (accountHash + each) * GOLDEN ^ hour * GOLDEN;
            second += Long.remainderUnsigned(hash, span) / HalfHours.MILLIS;
        }
        return second;
    }

    private void turn(long time, int count) {
        double hour = 2 * Math.PI * Math.floorMod(time, DAY) / DAY;
        double cos = Math.cos(hour);
        double sin = Math.sin(hour);
        for (int each = 0; each < count; each++) {
            east += (float) cos;
            north += (float) sin;
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
        Wire.writeVarLong(out, gap);
        Wire.writeVarLong(out, repeats);
        out.writeDouble(joinedClock);
        out.writeDouble(lastClock);
        out.writeBoolean(retired);
        out.writeInt(conversation);
        out.writeInt(conversationBefore);
        Wire.writeText(out, prefix);
        Wire.writeLongs(out, prefixes);
        out.writeByte(prefixLooks);
        out.writeLong(client);
        out.writeLong(payment);
        out.writeLong(createdAt);
        out.writeLong(organization);
        out.writeLong(knownSince);
        Wire.writeVarLong(out, recentExchanges);
        Wire.writeVarInt(out, outside);
        out.writeLong(outsideSince);
        out.writeFloat(east);
        out.writeFloat(north);
        out.writeLong(reportedAt);
    }

    static Member read(DataInputView in) throws IOException {
        Member member = new Member(in.readLong());
        member.firstSeen = in.readLong();
        member.lastSeen = in.readLong();
        member.exchanges = Wire.readVarLong(in);
        member.gap = Wire.readVarLong(in);
        member.repeats = Wire.readVarLong(in);
        member.joinedClock = in.readDouble();
        member.lastClock = in.readDouble();
        member.retired = in.readBoolean();
        member.conversation = in.readInt();
        member.conversationBefore = in.readInt();
        member.prefix = Wire.readText(in);
        member.prefixes = Wire.readLongs(in);
        member.prefixLooks = in.readByte();
        member.client = in.readLong();
        member.payment = in.readLong();
        member.createdAt = in.readLong();
        member.organization = in.readLong();
        member.knownSince = in.readLong();
        member.recentExchanges = Wire.readVarLong(in);
        member.outside = Wire.readVarInt(in);
        member.outsideSince = in.readLong();
        member.east = in.readFloat();
        member.north = in.readFloat();
        member.reportedAt = in.readLong();
        return member;
    }
}
