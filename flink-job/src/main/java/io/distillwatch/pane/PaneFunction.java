package io.distillwatch.pane;

import io.distillwatch.serial.RecordCodec;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.OutputTag;

/**
 * What a keyed operator does with the panes of event time. Records of a pane are gathered in any
 * order; when the watermark passes its end the pane is closed, once, against the key's state. So a
 * result depends on the content of panes and never on arrival.
 *
 * @param <K> key
 * @param <I> input
 * @param <P> what is gathered of one key in one pane; mutable
 * @param <S> what is kept of one key over panes; mutable
 * @param <B> guidance that every subtask gets (policy, baselines, catalog)
 * @param <O> main output
 */
public abstract class PaneFunction<K, I, P, S, B, O> implements Serializable {

    /** The end of the pane that a record belongs to, in epoch milliseconds. */
    protected abstract long paneEnd(I input);

    protected abstract P newPane(K key);

    /** Takes a record into a pane; must not depend on the order of records. */
    protected abstract void add(P pane, I input) throws Exception;

    protected abstract S newState(K key);

    protected abstract RecordCodec<P> paneCodec();

    protected abstract RecordCodec<S> stateCodec();

    /** Called once for each key with records in the pane; panes close in order of time. */
    protected abstract void closePane(K key, long paneEnd, P pane, Context<S, O> context)
            throws Exception;

    /**
     * Called instead of {@link #add} for a record whose pane is closed. The gate keeps back what is
     * late where it arrives; left are records of a partition that was idle and came back behind.
     *
     * @param closedUpTo event time up to which panes are closed, in epoch milliseconds
     */
    protected void missedPane(I input, long closedUpTo, Context<S, O> context) {}

    /** The key's one timer went off; set the next one or let the state go. */
    protected abstract void onTimer(K key, long time, Context<S, O> context) throws Exception;

    /**
     * From which pane end on a piece of guidance is in force; {@code Long.MIN_VALUE} for at once.
     */
    protected long guidanceTime(B guidance) {
        return Long.MIN_VALUE;
    }

    /** Takes guidance; it is in force for all panes that close from now on. */
    protected void onGuidance(B guidance) {}

    /** All guidance that is in force, for a checkpoint: replayed, it gives the same state. */
    protected Collection<B> guidance() {
        return List.of();
    }

    protected RecordCodec<B> guidanceCodec() {
        throw new UnsupportedOperationException("this function takes no guidance");
    }

    /**
     * Whether timers go off when a bounded input ends. Time does not go on then: what would have
     * happened later has not happened.
     */
    protected boolean timersAtEnd() {
        return true;
    }

    /** How many keys' states may stand on the heap of one subtask. */
    protected int maxCachedStates() {
        return 100_000;
    }

    /** Called before anything else on the task that runs the function. */
    protected void open(MetricGroup metrics) throws Exception {}

    /** What a function may use while a pane closes. */
    public interface Context<S, O> {

        /** The key's state, made anew if there is none; changes to it are kept. */
        S state();

        /** Forgets the key's state. */
        void clearState();

        /**
         * Sets the key's one timer; an earlier time replaces a later one. It may go off before the
         * time that was asked for last, when one of before stands there still: whoever is called
         * too early asks again.
         */
        void timer(long time);

        void emit(O output);

        <X> void emit(OutputTag<X> tag, X output);
    }
}
