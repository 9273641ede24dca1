package io.distillwatch.group;

import io.distillwatch.evidence.GroupStatistics;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.Arrays;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A consistent sample of things (bodies, tails, conversations) with the accounts that showed each:
 * the {@value #CAPACITY} things with the smallest hashes, and of each up to {@value #MAX_ACCOUNTS}
 * accounts. Which things are in the sample does not depend on how often they come, so shares over
 * the sample estimate shares over all.
 */
final class Askers {

    static final int CAPACITY = 512;
    static final int MAX_ACCOUNTS = 64;

    private static final int[] NONE = {};

    /** One thing. */
    private static final class Row {
        int[] accounts = NONE;
        int exchanges;

        void add(int account) {
            exchanges++;
            if (accounts.length == MAX_ACCOUNTS) {
                return;
            }
            int at = Arrays.binarySearch(accounts, account);
            if (at < 0) {
                int insert = -at - 1;
                int[] wider = new int[accounts.length + 1];
                System.arraycopy(accounts, 0, wider, 0, insert);
                wider[insert] = account;
                System.arraycopy(accounts, insert, wider, insert + 1, accounts.length - insert);
                accounts = wider;
            }
        }
    }

    private final TreeMap<Long, Row> rows = new TreeMap<>(Long::compareUnsigned);
    private boolean full;

    void add(long thing, long account) {
        Row row = rows.get(thing);
        if (row == null) {
            if (full && Long.compareUnsigned(thing, rows.lastKey()) > 0) {
                return;
            }
            row = new Row();
            rows.put(thing, row);
            if (rows.size() > CAPACITY) {
                rows.pollLastEntry();
                full = true;
                if (!rows.containsKey(thing)) {
                    return;
                }
            }
        }
        row.add((int) account);
    }

    /** Share of all things that are in the sample. */
    double sampled() {
        if (!full || rows.isEmpty()) {
            return 1;
        }
        return Math.max(0x1.0p-53, (rows.lastKey() >>> 11) * 0x1.0p-53);
    }

    long things() {
        return rows.size();
    }

    /** Which things several accounts showed. */
    GroupStatistics.Repeats repeats() {
        long askers = 0;
        long exchanges = 0;
        double squares = 0;
        Row most = new Row();
        for (Row row : rows.values()) {
            int accounts = row.accounts.length;
            askers += accounts;
            squares += (double) accounts * accounts;
            exchanges += row.exchanges;
            most = accounts > most.accounts.length ? row : most;
        }
        return new GroupStatistics.Repeats(
                sampled(),
                rows.size(),
                askers,
                squares,
                most.accounts.length,
                most.exchanges * sampled() / Math.max(1, exchanges));
    }

    /** Mean over the exchanges in the sample of log2 of how often their thing was shown. */
    double repetition() {
        double sum = 0;
        double exchanges = 0;
        for (Row row : rows.values()) {
            sum += row.exchanges * Math.log(row.exchanges) / Math.log(2);
            exchanges += row.exchanges;
        }
        return exchanges == 0 ? 0 : sum / exchanges;
    }

    /** Things shown at least twice. */
    long repeated() {
        return rows.values().stream().filter(row -> row.exchanges > 1).count();
    }

    /** Things shown by at least two accounts. */
    long shared() {
        return rows.values().stream().filter(row -> row.accounts.length > 1).count();
    }

    void write(DataOutputView out) throws IOException {
        out.writeBoolean(full);
        Wire.writeVarInt(out, rows.size());
        for (var entry : rows.entrySet()) {
            out.writeLong(entry.getKey());
            Wire.writeVarInt(out, entry.getValue().exchanges);
            Wire.writeVarInt(out, entry.getValue().accounts.length);
            for (int account : entry.getValue().accounts) {
                out.writeInt(account);
            }
        }
    }

    static Askers read(DataInputView in) throws IOException {
        Askers askers = new Askers();
        askers.full = in.readBoolean();
        int size = Wire.readVarInt(in);
        for (int i = 0; i < size; i++) {
            long thing = in.readLong();
            Row row = new Row();
            row.exchanges = Wire.readVarInt(in);
            row.accounts = new int[Wire.readVarInt(in)];
            for (int j = 0; j < row.accounts.length; j++) {
                row.accounts[j] = in.readInt();
            }
            askers.rows.put(thing, row);
        }
        return askers;
    }
}
