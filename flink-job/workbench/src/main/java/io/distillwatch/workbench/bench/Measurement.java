package io.distillwatch.workbench.bench;

/**
 * One run of one rung.
 *
 * @param exchanges taken in between the first look and the last record
 * @param seconds wall time for them
 * @param cpuSeconds of this process for them: tasks, garbage collection and compilation, not the
 *     broker
 * @param compilerSeconds elapsed time of compilations, over all threads that compile
 * @param collectorSeconds elapsed time of collections
 * @param stateBytes of the fullest checkpoint, with what earlier ones had of it; 0 before the first
 * @param checkpoints completed within the run
 * @param checkpointBytes largest checkpoint: with incremental ones, what one adds
 * @param checkpointMillis longest checkpoint
 * @param stateOperations reads and writes of keyed state from the start on; only the job counts its
 */
record Measurement(
        long exchanges,
        double seconds,
        double cpuSeconds,
        double compilerSeconds,
        double collectorSeconds,
        long stateBytes,
        long checkpoints,
        long checkpointBytes,
        long checkpointMillis,
        long stateOperations) {

    double rate() {
        return exchanges / seconds;
    }

    /** Compilation as a share of wall time: 1 is one thread that compiled all the time. */
    double compiling() {
        return compilerSeconds / seconds;
    }

    /** Collection as a share of wall time, 0 to 1. */
    double collecting() {
        return collectorSeconds / seconds;
    }

    /** CPU seconds for a million exchanges. */
    double cpuPerMillion() {
        return cpuSeconds / exchanges * 1e6;
    }
}
