package io.distillwatch.pane;

import java.io.Serializable;

/**
 * Pre-aggregation in front of a shuffle: what one subtask has of a key in a pane becomes one
 * record, so that a key with half of the traffic costs its next operator one record a subtask and
 * pane.
 *
 * @param <I> input; all records of a pane come before those of a later one
 * @param <O> output
 */
public interface Combiner<I, O> extends Serializable {

    /** Where combined records go. */
    @FunctionalInterface
    interface Output<O> {

        /** Sends a record with its timestamp. */
        void send(O record, long time);
    }

    /** Called before anything else on the task that runs the combiner. */
    void open();

    /** The end of the pane that a record belongs to, in epoch milliseconds. */
    long paneEnd(I input);

    /** Takes one record of the pane that is being combined. */
    void add(I input);

    /** How many partial results are held. */
    int size();

    /** Sends what was combined of the pane, and forgets it. */
    void flush(long paneEnd, Output<O> out);
}
