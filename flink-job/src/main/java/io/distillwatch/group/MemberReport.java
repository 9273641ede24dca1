package io.distillwatch.group;

import io.distillwatch.serial.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * An account of a flagged group, as far as it is known there.
 *
 * @param accountId the account
 * @param firstSeen first exchange in the group, epoch milliseconds
 * @param lastSeen last exchange in the group
 * @param exchanges exchanges in the group so far
 * @param expected exchanges that an even share would have given it
 * @param recentExchanges exchanges of the account anywhere, within its last 24 hours of the clock
 * @param prefix main address prefix
 * @param payment payment fingerprint; 0 where unknown
 */
public record MemberReport(
        String accountId,
        long firstSeen,
        long lastSeen,
        long exchanges,
        double expected,
        long recentExchanges,
        String prefix,
        long payment) {

    public void write(DataOutputView out) throws IOException {
        Wire.writeText(out, accountId);
        out.writeLong(firstSeen);
        out.writeLong(lastSeen);
        Wire.writeVarLong(out, exchanges);
        out.writeDouble(expected);
        Wire.writeVarLong(out, recentExchanges);
        Wire.writeText(out, prefix);
        out.writeLong(payment);
    }

    public static MemberReport read(DataInputView in) throws IOException {
        return new MemberReport(
                Wire.readText(in),
                in.readLong(),
                in.readLong(),
                Wire.readVarLong(in),
                in.readDouble(),
                Wire.readVarLong(in),
                Wire.readText(in),
                in.readLong());
    }
}
