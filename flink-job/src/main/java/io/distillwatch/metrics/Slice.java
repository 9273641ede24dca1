package io.distillwatch.metrics;

import io.distillwatch.exchange.Exchange;
import io.distillwatch.serial.Wire;
import io.distillwatch.sketch.DistinctSketch;
import io.distillwatch.sketch.FrequencySketch;
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
    DistinctSketch prompts = new DistinctSketch();
    FrequencySketch families = new FrequencySketch();
    /* Of an account: the prefixes that it comes from. Of a prefix: the accounts behind it. */
    DistinctSketch peers = new DistinctSketch();
    /* Null where no client is known. */
    private DistinctSketch clients;
    /* Null while everything lies within one hour. */
    private DistinctSketch hours;

    /** Takes one exchange; the peer is the hash of its prefix or of its account. */
    public void add(Exchange exchange, long peer) {
        addHour(exchange.eventTime());
        exchanges++;
        inputTokens += exchange.inputTokens();
        outputTokens += exchange.outputTokens();
        firstSeen = Math.min(firstSeen, exchange.eventTime());
        lastSeen = Math.max(lastSeen, exchange.eventTime());
        prompts.add(exchange.promptHash());
        families.add(exchange.familyHash(), 1);
        peers.add(peer);
        if (exchange.clientHash() != 0) {
            clients = clients == null ? new DistinctSketch() : clients;
            clients.add(exchange.clientHash());
        }
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

    /** A slice of the same content that may be changed. */
    Slice copy() {
        Slice copy = new Slice();
        copy.merge(this);
        return copy;
    }

    public void merge(Slice other) {
        if (other.hours != null) {
            allHours().merge(other.hours);
        } else if (other.exchanges > 0) {
            addHour(other.firstSeen);
        }
        exchanges += other.exchanges;
        inputTokens += other.inputTokens;
        outputTokens += other.outputTokens;
        firstSeen = Math.min(firstSeen, other.firstSeen);
        lastSeen = Math.max(lastSeen, other.lastSeen);
        prompts.merge(other.prompts);
        families.merge(other.families);
        peers.merge(other.peers);
        if (other.clients != null) {
            clients = clients == null ? new DistinctSketch() : clients;
            clients.merge(other.clients);
        }
    }

    public long exchanges() {
        return exchanges;
    }

    /** Number of different clients, an estimate above the exact range. */
    long distinctClients() {
        return clients == null ? 0 : clients.estimate();
    }

    /** Relative standard error of {@link #distinctClients}. */
    double clientsError() {
        return clients == null ? 0 : clients.error();
    }

    /** Number of hours of the clock with exchanges. */
    long activeHours() {
        return hours == null ? Math.min(1, exchanges) : hours.estimate();
    }

    void write(DataOutputView out) throws IOException {
        Wire.writeVarLong(out, exchanges);
        Wire.writeVarLong(out, inputTokens);
        Wire.writeVarLong(out, outputTokens);
        out.writeLong(firstSeen);
        out.writeLong(lastSeen);
        prompts.write(out);
        families.write(out);
        peers.write(out);
        writeKnown(clients, out);
        writeKnown(hours, out);
    }

    private static void writeKnown(DistinctSketch sketch, DataOutputView out) throws IOException {
        out.writeBoolean(sketch != null);
        if (sketch != null) {
            sketch.write(out);
        }
    }

    private static DistinctSketch readKnown(DataInputView in) throws IOException {
        return in.readBoolean() ? DistinctSketch.read(in) : null;
    }

    static Slice read(DataInputView in) throws IOException {
        Slice slice = new Slice();
        slice.exchanges = Wire.readVarLong(in);
        slice.inputTokens = Wire.readVarLong(in);
        slice.outputTokens = Wire.readVarLong(in);
        slice.firstSeen = in.readLong();
        slice.lastSeen = in.readLong();
        slice.prompts = DistinctSketch.read(in);
        slice.families = FrequencySketch.read(in);
        slice.peers = DistinctSketch.read(in);
        slice.clients = readKnown(in);
        slice.hours = readKnown(in);
        return slice;
    }
}
