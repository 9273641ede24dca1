package io.distillwatch.metrics;

import io.distillwatch.sketch.DistinctUnion;
import io.distillwatch.sketch.FrequencySketch;
import io.distillwatch.sketch.FrequencyUnion;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataInputDeserializer;

/**
 * Volume and prompt diversity of a window: its slices taken together, to be put out. One is used
 * for window after window.
 */
final class WindowSum {

    final DistinctUnion prompts = new DistinctUnion();
    final FrequencyUnion families = new FrequencyUnion();
    final DistinctUnion peers = new DistinctUnion();
    final DistinctUnion clients = new DistinctUnion();
    final DistinctUnion hours = new DistinctUnion();
    private final DataInputDeserializer in = new DataInputDeserializer();
    private long exchanges;
    private long inputTokens;
    private long outputTokens;
    private long firstSeen;
    private long lastSeen;
    /* The first slice, as long as its one exchange is all there is and nobody has asked how diverse
     * that is: most windows of most keys see no second. */
    private byte[] only;
    private boolean onlyHasClient;

    WindowSum() {
        clear();
    }

    /** Holds nothing again. */
    void clear() {
        prompts.clear();
        families.clear();
        peers.clear();
        clients.clear();
        hours.clear();
        exchanges = 0;
        inputTokens = 0;
        outputTokens = 0;
        firstSeen = Long.MAX_VALUE;
        lastSeen = 0;
        only = null;
    }

    /** Takes a packed slice. */
    void add(byte[] packed) {
        boolean first = exchanges == 0;
        in.setBuffer(packed);
        try {
            Slice.addVolumeTo(this, in);
            if (first && exchanges == 1) {
                only = packed;
                onlyHasClient = Slice.hasClient(in);
            } else {
                unpackOnly();
                unpack(packed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void unpackOnly() {
        if (only != null) {
            byte[] packed = only;
            only = null;
            unpack(packed);
        }
    }

    private void unpack(byte[] packed) {
        in.setBuffer(packed);
        try {
            Slice.addDiversityTo(this, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void addVolume(long more, long input, long output, long first, long last) {
        exchanges += more;
        inputTokens += input;
        outputTokens += output;
        firstSeen = Math.min(firstSeen, first);
        lastSeen = Math.max(lastSeen, last);
    }

    /** Takes what is different about a single exchange, by hashes; no client is 0. */
    void addOne(long prompt, long family, long peer, long client) {
        prompts.add(prompt);
        families.add(family, 1);
        peers.add(peer);
        if (client != 0) {
            clients.add(client);
        }
    }

    long exchanges() {
        return exchanges;
    }

    long inputTokens() {
        return inputTokens;
    }

    long outputTokens() {
        return outputTokens;
    }

    /** Event time of the first exchange; {@link Long#MAX_VALUE} without any. */
    long firstSeen() {
        return firstSeen;
    }

    /** Event time of the last exchange; 0 without any. */
    long lastSeen() {
        return lastSeen;
    }

    /** Number of different prompts, an estimate above the exact range. */
    long distinctPrompts() {
        unpackOnly();
        return prompts.estimate();
    }

    /** Relative standard error of {@link #distinctPrompts}. */
    double promptsError() {
        unpackOnly();
        return prompts.error();
    }

    /** How the exchanges spread over families. */
    FrequencySketch.Shares families() {
        unpackOnly();
        return families.shares();
    }

    /** Of an account, the prefixes that it comes from; of a prefix, the accounts behind it. */
    long distinctPeers() {
        unpackOnly();
        return peers.estimate();
    }

    /** Relative standard error of {@link #distinctPeers}. */
    double peersError() {
        unpackOnly();
        return peers.error();
    }

    /** Number of different clients, 0 where none is known; an estimate above the exact range. */
    long distinctClients() {
        if (only != null) {
            return onlyHasClient ? 1 : 0;
        }
        return clients.estimate();
    }

    /** Relative standard error of {@link #distinctClients}. */
    double clientsError() {
        unpackOnly();
        return clients.error();
    }

    /** Number of hours of the clock with exchanges. */
    long activeHours() {
        unpackOnly();
        return hours.estimate();
    }
}
