package io.distillwatch.group;

import io.distillwatch.evidence.GroupStatistics;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A consistent sample of things (bodies, tails, conversations) with the accounts that showed each:
 * the {@value #CAPACITY} things with the smallest hashes, and of each up to {@value #MAX_ACCOUNTS}
 * accounts. Which things are in the sample does not depend on how often they come, so shares over
 * the sample estimate shares over all.
 *
 * <p>Most groups have few things and most things one account, so there is no object a thing.
 */
final class Askers {

    static final int CAPACITY = 512;
    static final int MAX_ACCOUNTS = 64;

    private static final long[] NO_THINGS = {};
    private static final int[] NO_COUNTS = {};
    private static final int[][] NO_ACCOUNTS = {};

    /* Side by side: things, ascending without sign; how often each came; its first account; all
     * its accounts, ascending, null as long as there is one. */
    private long[] things = NO_THINGS;
    private int[] exchanges = NO_COUNTS;
    private int[] first = NO_COUNTS;
    private int[][] accounts = NO_ACCOUNTS;
    private int size;
    private boolean full;

    void add(long thing, long account) {
        int at = find(thing);
        if (at >= 0) {
            exchanges[at]++;
            addAccount(at, (int) account);
        } else if (!full || -at - 1 < size) {
            insert(-at - 1, thing, (int) account);
        }
    }

    private int find(long thing) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(things[middle], thing);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -low - 1;
    }

    private void insert(int at, long thing, int account) {
        if (size == CAPACITY) {
            full = true;
            if (at == size) {
                return;
            }
            size--;
        }
        makeRoom();
        System.arraycopy(things, at, things, at + 1, size - at);
        System.arraycopy(exchanges, at, exchanges, at + 1, size - at);
        System.arraycopy(first, at, first, at + 1, size - at);
        System.arraycopy(accounts, at, accounts, at + 1, size - at);
        things[at] = thing;
        exchanges[at] = 1;
        first[at] = account;
        accounts[at] = null;
        size++;
    }

    private void makeRoom() {
        if (size == things.length) {
            allocate(Math.min(CAPACITY, Math.max(1, 2 * size)));
        }
    }

    private void allocate(int capacity) {
        things = Arrays.copyOf(things, capacity);
        exchanges = Arrays.copyOf(exchanges, capacity);
        first = Arrays.copyOf(first, capacity);
        accounts = Arrays.copyOf(accounts, capacity);
    }

    private void addAccount(int at, int account) {
        int[] known = accounts[at];
        if (known == null) {
            if (first[at] != account) {
                int other = first[at];
                accounts[at] = new int[] {Math.min(other, account), Math.max(other, account)};
            }
            return;
        }
        if (known.length == MAX_ACCOUNTS) {
            return;
        }
        int found = Arrays.binarySearch(known, account);
        if (found < 0) {
            int insert = -found - 1;
            int[] wider = Arrays.copyOf(known, known.length + 1);
            System.arraycopy(known, insert, wider, insert + 1, known.length - insert);
            wider[insert] = account;
            accounts[at] = wider;
        }
    }

    private int askers(int at) {
        return accounts[at] == null ? 1 : accounts[at].length;
    }

    /** Share of all things that are in the sample. */
    double sampled() {
        if (!full) {
            return 1;
        }
        return Math.max(0x1.0p-53, (things[size - 1] >>> 11) * 0x1.0p-53);
    }

    long things() {
        return size;
    }

    /** Which things several accounts showed. */
    GroupStatistics.Repeats repeats() {
        long askers = 0;
        long all = 0;
        double squares = 0;
        int[] most = new int[Math.min(size, GroupStatistics.Repeats.MOST)];
        for (int i = 0; i < size; i++) {
            int own = askers(i);
            askers += own;
            squares += (double) own * own;
            all += exchanges[i];
            rank(i, most);
        }
        long[] mostAskers = new long[most.length];
        double[] mostShares = new double[most.length];
        // Of the other things the sample has a share, of these everything.
        long known = Arrays.stream(most).mapToLong(at -> exchanges[at]).sum();
        double total = Math.max(1, known + (all - known) / sampled());
        for (int i = 0; i < most.length; i++) {
            mostAskers[i] = askers(most[i]);
            mostShares[i] = exchanges[most[i]] / total;
        }
        return new GroupStatistics.Repeats(
                sampled(), size, askers, squares, mostAskers, mostShares);
    }

    /* Puts a thing among those of all before it that most accounts showed, descending. */
    private void rank(int at, int[] most) {
        int place = Math.min(at, most.length);
        while (place > 0 && askers(most[place - 1]) < askers(at)) {
            place--;
        }
        if (place < most.length) {
            System.arraycopy(most, place, most, place + 1, most.length - 1 - place);
            most[place] = at;
        }
    }

    /** Mean over the exchanges in the sample of log2 of how often their thing was shown. */
    double repetition() {
        double sum = 0;
        double all = 0;
        for (int i = 0; i < size; i++) {
            sum += exchanges[i] * Math.log(exchanges[i]) / Math.log(2);
            all += exchanges[i];
        }
        return all == 0 ? 0 : sum / all;
    }

    /** Things shown at least twice. */
    long repeated() {
        long repeated = 0;
        for (int i = 0; i < size; i++) {
            repeated += exchanges[i] > 1 ? 1 : 0;
        }
        return repeated;
    }

    /** Things shown by at least two accounts. */
    long shared() {
        long shared = 0;
        for (int i = 0; i < size; i++) {
            shared += accounts[i] != null ? 1 : 0;
        }
        return shared;
    }

    void write(DataOutputView out) throws IOException {
        out.writeBoolean(full);
        Wire.writeVarInt(out, size);
        for (int i = 0; i < size; i++) {
            out.writeLong(things[i]);
            Wire.writeVarInt(out, exchanges[i]);
            Wire.writeVarInt(out, askers(i));
            if (accounts[i] == null) {
                out.writeInt(first[i]);
            } else {
                for (int account : accounts[i]) {
                    out.writeInt(account);
                }
            }
        }
    }

    static Askers read(DataInputView in) throws IOException {
        Askers askers = new Askers();
        askers.full = in.readBoolean();
        askers.size = Wire.readVarInt(in);
        askers.allocate(askers.size);
        for (int i = 0; i < askers.size; i++) {
            askers.things[i] = in.readLong();
            askers.exchanges[i] = Wire.readVarInt(in);
            int own = Wire.readVarInt(in);
            if (own == 1) {
                askers.first[i] = in.readInt();
            } else {
                askers.accounts[i] = new int[own];
                for (int j = 0; j < own; j++) {
                    askers.accounts[i][j] = in.readInt();
                }
            }
        }
        return askers;
    }
}
