package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.JsonBytes;
import io.distillwatch.workbench.simulate.text.Texts;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Simulated traffic in event-time order, one exchange at a time: {@link #advance()} and look, or as
 * an {@link Iterator}. Holds the accounts, never the exchanges. What was planted is known at the
 * end.
 */
public final class TrafficSimulator implements Iterator<SimulatedExchange> {

    private final Casting casting;
    private final Stage stage;
    private boolean fetched;

    /** Sets up all actors; nothing is written yet. */
    public TrafficSimulator(Scenario scenario, Texts texts, ArrivalTraces traces) {
        casting = new Casting(scenario, texts, traces.arrivals());
        stage = casting.enterAll();
    }

    /** Moves to the next exchange; false at the end of the run. */
    public boolean advance() {
        return stage.advance();
    }

    /** Event time of the current exchange, epoch milliseconds. */
    public long eventTime() {
        return stage.time();
    }

    /** The current exchange as one line of JSON without its end; valid until the next one. */
    public JsonBytes line() {
        return stage.line();
    }

    @Override
    public boolean hasNext() {
        fetched = fetched || advance();
        return fetched;
    }

    @Override
    public SimulatedExchange next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the run has ended");
        }
        fetched = false;
        return new SimulatedExchange(eventTime(), line().copy());
    }

    /** What was planted and sent so far: the whole truth once the run has ended. */
    public Truth truth() {
        return Truth.of(casting.groups());
    }

    /** Epoch milliseconds of the beginning of the run. */
    public long startsAt() {
        return stage.start;
    }

    /** Epoch milliseconds of the release of the new model. */
    public long modelReleasedAt() {
        return casting.models().releasedAt();
    }
}
