package io.distillwatch.group;

import io.distillwatch.serial.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Exchanges of a group by half-hour of event time, of the newest {@value #KEPT}. */
final class HalfHours {

    static final long MILLIS = 1_800_000;
    static final int KEPT = 48;
    /* Before all of them, and far enough from the end of the numbers to reckon with. */
    private static final long NONE = Long.MIN_VALUE / 2;

    /* Round and round: half-hour n since the epoch stands at n modulo KEPT. */
    private long[] counts = new long[KEPT];
    private long newest = NONE;

    /** Adds exchanges of a half-hour, by its number since the epoch; too old ones are left out. */
    void add(long halfHour, long exchanges) {
        if (exchanges == 0 || halfHour <= newest - KEPT) {
            return;
        }
        if (halfHour > newest) {
            long first = Math.max(newest, halfHour - KEPT) + 1;
            for (long begun = first; begun <= halfHour; begun++) {
                counts[at(begun)] = 0;
            }
            newest = halfHour;
        }
        counts[at(halfHour)] += exchanges;
    }

    /** The {@value #KEPT} half-hours up to one and with it, oldest first. */
    long[] upTo(long last) {
        long[] exchanges = new long[KEPT];
        for (int i = 0; i < KEPT; i++) {
            long halfHour = last - (KEPT - 1) + i;
            boolean kept = halfHour <= newest && halfHour > newest - KEPT;
            exchanges[i] = kept ? counts[at(halfHour)] : 0;
        }
        return exchanges;
    }

    private static int at(long halfHour) {
        return (int) Math.floorMod(halfHour, (long) KEPT);
    }

    void write(DataOutputView out) throws IOException {
        out.writeLong(newest);
        Wire.writeCounts(out, counts);
    }

    static HalfHours read(DataInputView in) throws IOException {
        HalfHours read = new HalfHours();
        read.newest = in.readLong();
        read.counts = Wire.readCounts(in);
        return read;
    }
}
