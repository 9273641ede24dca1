package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.Rand;

/**
 * When somebody is active: sessions, and the exchanges within a session. Times in epoch
 * milliseconds.
 */
interface Rhythm {

    /** Start of the next session after this time; {@link Long#MAX_VALUE} if there is none. */
    long session(long after, Rand rand);

    /** Exchanges of a session, at least 1. */
    int turns(Rand rand);

    /** Milliseconds from one exchange of a session to the next. */
    long gap(Rand rand);
}
