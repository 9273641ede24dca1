package io.distillwatch.metrics;

import io.distillwatch.sketch.DistinctUnion;
import io.distillwatch.sketch.FrequencySketch;
import io.distillwatch.sketch.FrequencyUnion;

/**
 * Volume and prompt diversity of a window: its slices taken together, to be put out. One is used
 * for window after window.
 */
final class WindowSum {

    private final DistinctUnion prompts = new DistinctUnion();
    private final FrequencyUnion families = new FrequencyUnion();
    private final DistinctUnion peers = new DistinctUnion();
    private final DistinctUnion clients = new DistinctUnion();
    private final DistinctUnion hours = new DistinctUnion();
    private long exchanges;
    private long inputTokens;
    private long outputTokens;
    private long firstSeen;
    private long lastSeen;

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
    }

    /** Takes a slice, which stays as it is. */
    void add(Slice slice) {
        slice.addTo(prompts, families, peers, clients);
        slice.addHoursTo(hours);
        exchanges += slice.exchanges;
        inputTokens += slice.inputTokens;
        outputTokens += slice.outputTokens;
        firstSeen = Math.min(firstSeen, slice.firstSeen);
        lastSeen = Math.max(lastSeen, slice.lastSeen);
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
        return prompts.estimate();
    }

    /** Relative standard error of {@link #distinctPrompts}. */
    double promptsError() {
        return prompts.error();
    }

    /** How the exchanges spread over families. */
    FrequencySketch.Shares families() {
        return families.shares();
    }

    /** Of an account, the prefixes that it comes from; of a prefix, the accounts behind it. */
    long distinctPeers() {
        return peers.estimate();
    }

    /** Relative standard error of {@link #distinctPeers}. */
    double peersError() {
        return peers.error();
    }

    /** Number of different clients, 0 where none is known; an estimate above the exact range. */
    long distinctClients() {
        return clients.estimate();
    }

    /** Relative standard error of {@link #distinctClients}. */
    double clientsError() {
        return clients.error();
    }

    /** Number of hours of the clock with exchanges. */
    long activeHours() {
        return hours.estimate();
    }
}
