package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.JsonBytes;

/** Where actors perform: they write here, and may bring further actors on. */
final class Stage {

    final long start;
    final long end;
    private final ExchangeWriter writer;
    private final EventMerge merge = new EventMerge();
    private final JsonBytes line = new JsonBytes(8192);
    private long time;

    Stage(long start, long end, ExchangeWriter writer) {
        this.start = start;
        this.end = end;
        this.writer = writer;
    }

    /** An actor whose first exchange is not before the run's present. */
    void add(Actor actor) {
        merge.add(actor);
    }

    void send(
            Group group,
            Profile who,
            Speech speech,
            long at,
            long conversation,
            int turn,
            int network,
            int client,
            byte[] model) {
        time = at;
        writer.write(who, speech, at, conversation, turn, network, client, model, line);
        group.sent(who, at);
    }

    /** Runs to the next exchange; false at the end of the run. */
    boolean advance() {
        line.clear();
        while (line.length() == 0) {
            Actor actor = merge.top();
            if (actor == null || actor.nextAt >= end) {
                return false;
            }
            actor.act(this);
            merge.reorder();
        }
        return true;
    }

    /** Event time of the exchange in {@link #line()}, epoch milliseconds. */
    long time() {
        return time;
    }

    JsonBytes line() {
        return line;
    }
}
