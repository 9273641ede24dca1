package io.distillwatch.pane;

import java.io.Serializable;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Pre-aggregation in front of a shuffle: what one subtask has of a key in a pane becomes one
 * record, so that a key with half of the traffic costs its next operator one record a subtask and
 * pane.
 *
 * @param <I> input
 * @param <K> what is merged: key and pane
 * @param <P> what is gathered; mutable
 * @param <O> output
 */
public interface Combiner<I, K, P, O> extends Serializable {

    /** Takes one record into the partial results. */
    void add(Map<K, P> partials, I input);

    /** The record to send for a partial result, with its timestamp. */
    void emit(K key, P partial, BiConsumer<O, Long> out);
}
