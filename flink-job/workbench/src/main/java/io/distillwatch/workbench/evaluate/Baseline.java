package io.distillwatch.workbench.evaluate;

import java.util.Set;

/** A simple detector to compare with: sees the traffic once, in order, and names accounts. */
interface Baseline {

    /** Takes the next exchange. */
    void see(Request request);

    /** Accounts named at the end of the traffic. */
    Set<String> named();
}
