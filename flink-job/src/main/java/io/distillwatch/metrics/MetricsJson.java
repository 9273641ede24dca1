package io.distillwatch.metrics;

import static io.distillwatch.output.JsonLine.field;

import io.distillwatch.output.JsonLine;
import io.distillwatch.output.OutputRecord;
import io.distillwatch.sketch.FrequencySketch;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The JSON of the metrics topics: one key, one window. */
final class MetricsJson implements Serializable {

    private static final byte[] WINDOW_START = field("window_start");
    private static final byte[] WINDOW_END = field("window_end");
    private static final byte[] WINDOW_SIZE = field("window_size");
    private static final byte[] EXCHANGES = field("exchanges");
    private static final byte[] INPUT_TOKENS = field("input_tokens");
    private static final byte[] OUTPUT_TOKENS = field("output_tokens");
    private static final byte[] PROMPTS = field("distinct_prompts");
    private static final byte[] PROMPTS_ERROR = field("distinct_prompts_error");
    private static final byte[] FAMILIES = field("distinct_families");
    private static final byte[] FAMILIES_ERROR = field("distinct_families_error");
    private static final byte[] RATIO = field("distinct_ratio");
    private static final byte[] ENTROPY = field("family_entropy");
    private static final byte[] TOP_SHARE = field("top_family_share");
    private static final byte[] CLIENTS = field("distinct_clients");
    private static final byte[] CLIENTS_ERROR = field("distinct_clients_error");
    private static final byte[] ACTIVE_HOURS = field("active_hours");
    private static final byte[] FIRST_SEEN = field("first_seen");
    private static final byte[] LAST_SEEN = field("last_seen");

    /** The fields of a window, where it ended last. */
    private static final class Span {
        final WindowPlan.Window window;
        long end = Long.MIN_VALUE;
        byte[] fields;

        Span(WindowPlan.Window window) {
            this.window = window;
        }
    }

    private final byte[] key;
    private final byte[] peers;
    private final byte[] peersError;
    private transient JsonLine line;
    /* Where, in the record made last, what its window held begins. */
    private transient int contentAt;
    /* One a window: a plan has a handful, and to hash one takes longer than to walk them. */
    private transient List<Span> spans;
    /* By number of clients, 0 or 1. */
    private transient byte[][] ofOne;

    private MetricsJson(String keyField, String peersField) {
        this.key = field(keyField);
        this.peers = field(peersField);
        this.peersError = field(peersField + "_error");
    }

    static MetricsJson ofAccounts() {
        return new MetricsJson("account_id", "distinct_prefixes");
    }

    static MetricsJson ofPrefixes() {
        return new MetricsJson("ip_prefix", "distinct_accounts");
    }

    /**
     * @param name ISO-8601 duration of the window
     * @param end of the window, epoch milliseconds
     */
    OutputRecord record(String id, WindowPlan.Window window, long end, WindowSum sum) {
        if (line == null) {
            line = new JsonLine();
            spans = new ArrayList<>();
            ofOne = new byte[2][];
        }
        byte[] span = span(window, end);
        byte[] diversity = sum.exchanges() == 1 ? diversityOfOne(sum) : null;
        contentAt = line.start().text(key, id).fields(span).length();
        line.number(EXCHANGES, sum.exchanges())
                .number(INPUT_TOKENS, sum.inputTokens())
                .number(OUTPUT_TOKENS, sum.outputTokens());
        if (diversity == null) {
            diversity(sum);
        } else {
            line.fields(diversity);
        }
        byte[] json = line.time(FIRST_SEEN, sum.firstSeen()).time(LAST_SEEN, sum.lastSeen()).end();
        return new OutputRecord(id.getBytes(StandardCharsets.UTF_8), json, end - 1);
    }

    /**
     * The record of a longer window that held no more than the one before, which was made last.
     *
     * @param shorter the record of that one
     */
    OutputRecord longer(OutputRecord shorter, String id, WindowPlan.Window window, long end) {
        byte[] span = span(window, end);
        JsonLine longer = line.start().text(key, id).fields(span);
        int ownContentAt = longer.length();
        byte[] json = longer.rest(shorter.value(), contentAt);
        contentAt = ownContentAt;
        return new OutputRecord(shorter.key(), json, end - 1);
    }

    /** The window's own fields: the same for all keys that are active in it. */
    private byte[] span(WindowPlan.Window window, long end) {
        Span span = spanOf(window);
        if (span.end != end) {
            line.start()
                    .time(WINDOW_START, end - window.size())
                    .time(WINDOW_END, end)
                    .text(WINDOW_SIZE, window.name());
            span.fields = line.written();
            span.end = end;
        }
        return span.fields;
    }

    private Span spanOf(WindowPlan.Window window) {
        for (int i = 0; i < spans.size(); i++) {
            if (spans.get(i).window == window) {
                return spans.get(i);
            }
        }
        Span span = new Span(window);
        spans.add(span);
        return span;
    }

    /** One exchange is as diverse as any other: most windows of most keys see no second. */
    private byte[] diversityOfOne(WindowSum sum) {
        int clients = (int) sum.distinctClients();
        if (ofOne[clients] == null) {
            line.start();
            diversity(sum);
            ofOne[clients] = line.written();
        }
        return ofOne[clients];
    }

    private void diversity(WindowSum sum) {
        long prompts = sum.distinctPrompts();
        FrequencySketch.Shares families = sum.families();
        line.number(PROMPTS, prompts)
                .figure(PROMPTS_ERROR, sum.promptsError())
                .number(FAMILIES, families.distinct())
                .figure(FAMILIES_ERROR, families.error())
                .figure(RATIO, Math.min(1, (double) prompts / sum.exchanges()))
                .figure(ENTROPY, families.entropy())
                .figure(TOP_SHARE, families.top())
                .number(peers, sum.distinctPeers())
                .figure(peersError, sum.peersError())
                .number(CLIENTS, sum.distinctClients())
                .figure(CLIENTS_ERROR, sum.clientsError())
                .number(ACTIVE_HOURS, sum.activeHours());
    }
}
