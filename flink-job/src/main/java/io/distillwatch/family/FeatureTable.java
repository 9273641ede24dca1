package io.distillwatch.family;

import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import io.distillwatch.sketch.LongMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Finds the features of one bucket that many distinct accounts share, among millions that one
 * account shows once, in bounded memory: the super-spreader problem (Venkataraman et al., NDSS
 * 2005).
 *
 * <p>A feature seen for the first time only leaves its mark in a <em>doorkeeper</em>, four bytes a
 * slot, the newest mark staying. It gets an entry when a second account shows it while its mark
 * still stands. Full tables let the entries with the fewest accounts go, oldest first. All this
 * happens in the order of features within a pane, so it does not depend on the order of records.
 */
final class FeatureTable {

    private static final byte VERSION = 2;
    private static final int DOOR_SLOTS = 16_384;
    private static final long DAY = 86_400_000;

    /** A feature that at least two accounts have shown. */
    private static final class Entry {
        final FeatureHits hits;
        long lastSeen;
        long reportedAt = Long.MIN_VALUE;
        long reportedAccounts;

        Entry(FeatureHits hits) {
            this.hits = hits;
        }
    }

    private final int[] door = new int[DOOR_SLOTS];
    private final LongMap<Entry> entries = new LongMap<>();

    /** Takes a pane; gives what became popular in it or is worth saying again. */
    List<PopularFeature> add(long paneEnd, FeatureRun pane, int minAccounts, int capacity) {
        List<PopularFeature> popular = new ArrayList<>(0);
        for (int i = 0; i < pane.size(); i++) {
            long feature = pane.feature(i);
            Entry entry = entries.get(feature);
            if (entry != null) {
                pane.addTo(entry.hits, i);
            } else if (!pane.ofOneAccount(i) || knownAtDoor(feature, pane.firstAccount(i))) {
                entry = new Entry(pane.hits(i));
                entries.put(feature, entry);
            } else {
                continue;
            }
            entry.lastSeen = paneEnd;
            report(feature, entry, paneEnd, minAccounts, popular);
        }
        if (entries.size() > capacity) {
            shrink(capacity);
        }
        return popular;
    }

    /** Whether another account has left the feature's mark; leaves this one's if not. */
    private boolean knownAtDoor(long feature, long firstAccount) {
        int slot = (int) (feature >>> 20) & (DOOR_SLOTS - 1);
        int mark = (int) (feature >>> 32) & 0xffff0000;
        int account = (int) firstAccount & 0xffff;
        int seen = door[slot];
        if ((seen & 0xffff0000) == mark && (seen & 0xffff) != account) {
            return true;
        }
        door[slot] = mark | account;
        return false;
    }

    private static void report(
            long feature,
            Entry entry,
            long paneEnd,
            int minAccounts,
            List<PopularFeature> popular) {
        long accounts = entry.hits.estimatedAccounts();
        boolean news =
                entry.reportedAt == Long.MIN_VALUE
                        ? accounts >= minAccounts
                        : accounts >= 2 * entry.reportedAccounts
                                || paneEnd - entry.reportedAt >= DAY;
        if (news) {
            entry.reportedAt = paneEnd;
            entry.reportedAccounts = accounts;
            popular.add(
                    new PopularFeature(feature, paneEnd, accounts, entry.hits.exchangesSoFar()));
        }
    }

    private void shrink(int capacity) {
        List<Long> weakest = new ArrayList<>(entries.size());
        entries.forEach((feature, entry) -> weakest.add(feature));
        weakest.sort(
                Comparator.<Long>comparingLong(f -> entries.get(f).hits.estimatedAccounts())
                        .thenComparingLong(f -> entries.get(f).lastSeen)
                        .thenComparingLong(f -> f));
        // A tenth more than needed, so that a full table is not sorted at every pane.
        int excess = entries.size() - capacity + capacity / 10;
        for (long feature : weakest.subList(0, excess)) {
            entries.remove(feature);
        }
    }

    /** Forgets what has not been seen since a time; whether anything is left. */
    boolean expire(long before) {
        entries.removeIf(entry -> entry.lastSeen < before);
        return !entries.isEmpty();
    }

    int size() {
        return entries.size();
    }

    /** Bytes of a table. */
    static final class Codec implements RecordCodec<FeatureTable> {

        @Override
        public void write(FeatureTable table, DataOutputView out) throws IOException {
            out.writeByte(VERSION);
            writeDoor(table.door, out);
            Wire.writeVarInt(out, table.entries.size());
            for (long feature : table.entries.sortedKeys()) {
                Entry entry = table.entries.get(feature);
                out.writeLong(feature);
                out.writeLong(entry.lastSeen);
                out.writeLong(entry.reportedAt);
                Wire.writeVarLong(out, entry.reportedAccounts);
                entry.hits.write(out);
            }
        }

        @Override
        public FeatureTable read(DataInputView in) throws IOException {
            byte version = in.readByte();
            if (version != VERSION) {
                throw new IOException("feature table of unknown version " + version);
            }
            FeatureTable table = new FeatureTable();
            readDoor(in, table.door);
            int size = Wire.readVarInt(in);
            for (int i = 0; i < size; i++) {
                long feature = in.readLong();
                long lastSeen = in.readLong();
                long reportedAt = in.readLong();
                long reportedAccounts = Wire.readVarLong(in);
                Entry entry = new Entry(FeatureHits.read(in));
                entry.lastSeen = lastSeen;
                entry.reportedAt = reportedAt;
                entry.reportedAccounts = reportedAccounts;
                table.entries.put(feature, entry);
            }
            return table;
        }

        /** The marks with their slots, or all slots where that is shorter. */
        private static void writeDoor(int[] door, DataOutputView out) throws IOException {
            int marks = 0;
            for (int mark : door) {
                marks += mark != 0 ? 1 : 0;
            }
            boolean all = marks * (Short.BYTES + Integer.BYTES) >= DOOR_SLOTS * Integer.BYTES;
            Wire.writeVarInt(out, all ? DOOR_SLOTS : marks);
            for (int slot = 0; slot < DOOR_SLOTS; slot++) {
                if (all) {
                    out.writeInt(door[slot]);
                } else if (door[slot] != 0) {
                    out.writeShort(slot);
                    out.writeInt(door[slot]);
                }
            }
        }

        private static void readDoor(DataInputView in, int[] door) throws IOException {
            int marks = Wire.readVarInt(in);
            boolean all = marks == DOOR_SLOTS;
            for (int i = 0; i < marks; i++) {
                int slot = all ? i : in.readUnsignedShort();
                door[slot] = in.readInt();
            }
        }
    }
}
