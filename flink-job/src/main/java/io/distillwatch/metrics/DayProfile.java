package io.distillwatch.metrics;

import io.distillwatch.exchange.AccountPane;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * An account's exchanges by hour over the last 24 hours, and whether they are spread over them as
 * by a machine. People come in sessions and sleep, so their hours differ by far more than chance.
 */
final class DayProfile {

    /** With fewer exchanges a day people look steady as well. */
    static final int MIN_EXCHANGES = 10;

    /** With fewer hours there is no telling. */
    static final int MIN_HOURS = 8;

    /**
     * Index of dispersion (Cox and Lewis 1966) of the hourly counts, up to which they are steady: 1
     * for a Poisson process, with a standard error of 0.3 over 24 hours; 2 to 10 for people.
     */
    static final double STEADY = 1.5;

    private static final long HOUR = 3_600_000;
    private static final int HOURS = 24;

    private final short[] counts = new short[HOURS];
    private long firstHour = Long.MAX_VALUE;
    private long lastHour = Long.MIN_VALUE;

    /** Takes an exchange; one that is more than a day older than the newest is not counted. */
    void add(long eventTime) {
        long hour = Math.floorDiv(eventTime, HOUR);
        if (lastHour == Long.MIN_VALUE || hour - lastHour >= HOURS) {
            Arrays.fill(counts, (short) 0);
            lastHour = hour;
        } else {
            while (lastHour < hour) {
                lastHour++;
                counts[slot(lastHour)] = 0;
            }
        }
        firstHour = Math.min(firstHour, hour);
        if (hour > lastHour - HOURS) {
            int slot = slot(hour);
            counts[slot] = (short) Math.min(Short.MAX_VALUE, counts[slot] + 1);
        }
    }

    private static int slot(long hour) {
        return (int) Math.floorMod(hour, (long) HOURS);
    }

    /** Exchanges within these hours. */
    long exchanges() {
        long sum = 0;
        for (short count : counts) {
            sum += count;
        }
        return sum;
    }

    /** When the newest of them will have been over for a day, in epoch milliseconds. */
    long end() {
        return (lastHour + 1 + HOURS) * HOUR;
    }

    /**
     * Exchanges in each hour from the first to the newest, 24 at most, of an account that works as
     * a machine does, {@value Byte#MAX_VALUE} at most; empty for any other.
     */
    byte[] hoursIfSteady() {
        if (!steady()) {
            return AccountPane.NO_HOURS;
        }
        byte[] hours = new byte[(int) Math.min(HOURS, lastHour - firstHour + 1)];
        for (int i = 0; i < hours.length; i++) {
            int count = counts[slot(lastHour - hours.length + 1 + i)];
            hours[i] = (byte) Math.min(Byte.MAX_VALUE, count);
        }
        return hours;
    }

    /** Whether the account works as a machine does. The first and the newest hour are cut off. */
    boolean steady() {
        int hours = (int) Math.min(HOURS, lastHour - firstHour + 1) - 2;
        if (hours < MIN_HOURS) {
            return false;
        }
        long sum = 0;
        long squares = 0;
        for (long hour = lastHour - hours; hour < lastHour; hour++) {
            long count = counts[slot(hour)];
            sum += count;
            squares += count * count;
        }
        double mean = (double) sum / hours;
        return sum >= MIN_EXCHANGES && squares / mean - sum <= STEADY * (hours - 1);
    }

    void write(DataOutputView out) throws IOException {
        for (short count : counts) {
            Wire.writeVarInt(out, count);
        }
        out.writeLong(firstHour);
        out.writeLong(lastHour);
    }

    static DayProfile read(DataInputView in) throws IOException {
        DayProfile profile = new DayProfile();
        for (int i = 0; i < HOURS; i++) {
            profile.counts[i] = (short) Wire.readVarInt(in);
        }
        profile.firstHour = in.readLong();
        profile.lastHour = in.readLong();
        return profile;
    }
}
