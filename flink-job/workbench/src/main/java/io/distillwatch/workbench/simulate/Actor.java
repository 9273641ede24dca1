package io.distillwatch.workbench.simulate;

/** Something that sends exchanges, one at a time, in the order of its own event times. */
abstract class Actor {

    /** Epoch milliseconds of its next exchange; {@link Long#MAX_VALUE} when it is done. */
    long nextAt;

    /** Rank among actors, breaks ties of time: set when it enters the merge. */
    long rank;

    /**
     * Sends the exchange that is due, or none if it turns out not to be, and sets {@link #nextAt}.
     */
    abstract void act(Stage stage);
}
