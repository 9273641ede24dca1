package io.distillwatch.workbench.simulate;

import java.util.Arrays;

/** Actors by the time of their next exchange: a binary heap that replaces its top in place. */
final class EventMerge {

    private Actor[] heap = new Actor[1024];
    private int size;
    private long entered;

    void add(Actor actor) {
        if (actor.nextAt == Long.MAX_VALUE) {
            return;
        }
        actor.rank = entered++;
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        int at = size++;
        while (at > 0 && before(actor, heap[(at - 1) / 2])) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        heap[at] = actor;
    }

    /** The actor whose turn it is; {@code null} when all are done. */
    Actor top() {
        return size == 0 ? null : heap[0];
    }

    /** Puts the top where its new time belongs, or takes it out if it is done. */
    void reorder() {
        Actor moved = heap[0];
        if (moved.nextAt == Long.MAX_VALUE) {
            moved = heap[--size];
            heap[size] = null;
            if (size == 0) {
                return;
            }
        }
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], moved)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = moved;
    }

    private static boolean before(Actor a, Actor b) {
        return a.nextAt < b.nextAt || (a.nextAt == b.nextAt && a.rank < b.rank);
    }
}
