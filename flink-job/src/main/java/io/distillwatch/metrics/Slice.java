package io.distillwatch.metrics;

import io.distillwatch.exchange.Exchange;
import io.distillwatch.serial.Wire;
import io.distillwatch.sketch.DistinctSketch;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Volume and prompt diversity of one key over some stretch of time. Slices of disjoint stretches
 * merge into the slice of their union.
 */
public final class Slice {

    private static final long HOUR = 3_600_000;
    /* Spreads hour numbers over 64 bits: the fractional part of the golden ratio. */
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    long exchanges;
    long inputTokens;
    long outputTokens;
    long firstSeen = Long.MAX_VALUE;
    long lastSeen;
    /* Of the only exchange, as long as there is one: most slices of most keys never see another. */
    private long prompt;
    private long family;
    private long peer;
    private long client;
    /* Of all exchanges from the second on; null before. */
    private Diversity several;
    /* Null while everything lies within one hour. */
    private DistinctSketch hours;

    /**
     * Takes one exchange.
     *
     * @param newPeer of an account, the hash of the prefix that the exchange comes from; of a
     *     prefix, the hash of the account
     */
    public void add(Exchange exchange, long newPeer) {
        addHour(exchange.eventTime());
        add(exchange.promptHash(), exchange.familyHash(), newPeer, exchange.clientHash());
        exchanges++;
        inputTokens += exchange.inputTokens();
        outputTokens += exchange.outputTokens();
        firstSeen = Math.min(firstSeen, exchange.eventTime());
        lastSeen = Math.max(lastSeen, exchange.eventTime());
    }

    private void add(long newPrompt, long newFamily, long newPeer, long newClient) {
        if (exchanges == 0) {
            prompt = newPrompt;
            family = newFamily;
            peer = newPeer;
            client = newClient;
        } else {
            several().add(newPrompt, newFamily, newPeer, newClient);
        }
    }

    private Diversity several() {
        if (several == null) {
            several = new Diversity();
            if (exchanges > 0) {
                several.add(prompt, family, peer, client);
            }
        }
        return several;
    }

    private void addHour(long time) {
        if (exchanges > 0 && (hours != null || hour(time) != hour(firstSeen))) {
            allHours().add(hour(time) * GOLDEN);
        }
    }

    private DistinctSketch allHours() {
        if (hours == null) {
            hours = new DistinctSketch();
            if (exchanges > 0) {
                hours.add(hour(firstSeen) * GOLDEN);
            }
        }
        return hours;
    }

    private static long hour(long time) {
        return Math.floorDiv(time, HOUR);
    }

    public void merge(Slice other) {
        if (other.hours != null) {
            allHours().merge(other.hours);
        } else if (other.exchanges > 0) {
            addHour(other.firstSeen);
        }
        if (other.several != null) {
            several().merge(other.several);
        } else if (other.exchanges > 0) {
            add(other.prompt, other.family, other.peer, other.client);
        }
        exchanges += other.exchanges;
        inputTokens += other.inputTokens;
        outputTokens += other.outputTokens;
        firstSeen = Math.min(firstSeen, other.firstSeen);
        lastSeen = Math.max(lastSeen, other.lastSeen);
    }

    public long exchanges() {
        return exchanges;
    }

    void write(DataOutputView out) throws IOException {
        Wire.writeVarLong(out, exchanges);
        Wire.writeVarLong(out, inputTokens);
        Wire.writeVarLong(out, outputTokens);
        out.writeLong(firstSeen);
        out.writeLong(lastSeen);
        if (several == null) {
            out.writeLong(prompt);
            out.writeLong(family);
            out.writeLong(peer);
            out.writeLong(client);
        } else {
            several.write(out);
        }
        DistinctSketch.writeNullable(hours, out);
    }

    static Slice read(DataInputView in) throws IOException {
        Slice slice = new Slice();
        slice.exchanges = Wire.readVarLong(in);
        slice.inputTokens = Wire.readVarLong(in);
        slice.outputTokens = Wire.readVarLong(in);
        slice.firstSeen = in.readLong();
        slice.lastSeen = in.readLong();
        if (slice.exchanges > 1) {
            slice.several = Diversity.read(in);
        } else {
            slice.prompt = in.readLong();
            slice.family = in.readLong();
            slice.peer = in.readLong();
            slice.client = in.readLong();
        }
        slice.hours = DistinctSketch.readNullable(in);
        return slice;
    }

    /** Adds the volume of a slice to a window, as {@link #write} wrote it. */
    static void addVolumeTo(WindowSum sum, DataInputView in) throws IOException {
        sum.addVolume(
                Wire.readVarLong(in),
                Wire.readVarLong(in),
                Wire.readVarLong(in),
                in.readLong(),
                in.readLong());
    }

    /** Whether a client is known of the one exchange of a slice, of which the volume is read. */
    static boolean hasClient(DataInputView in) throws IOException {
        in.skipBytesToRead(3 * Long.BYTES);
        return in.readLong() != 0;
    }

    /**
     * Adds to a window how different a slice's exchanges are, as {@link #write} wrote it: a read
     * instead of a dozen objects.
     */
    static void addDiversityTo(WindowSum sum, DataInputView in) throws IOException {
        long exchanges = Wire.readVarLong(in);
        Wire.readVarLong(in);
        Wire.readVarLong(in);
        long firstSeen = in.readLong();
        in.readLong();
        if (exchanges > 1) {
            Diversity.addTo(sum, in);
        } else {
            sum.addOne(in.readLong(), in.readLong(), in.readLong(), in.readLong());
        }
        if (in.readBoolean()) {
            DistinctSketch.addTo(sum.hours, in);
        } else {
            sum.hours.add(hour(firstSeen) * GOLDEN);
        }
    }
}
