package io.distillwatch.workbench.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * What the virtual machine does beside the work: compiling and collecting. Both belong to a run,
 * but a job that runs for months is compiled once, and one that runs for seconds is compiled
 * throughout.
 */
final class Overheads {

    private static final long LOOK_MILLIS = 250;
    /* So many looks without compilation: whatever was queued has been compiled. */
    private static final int QUIET_LOOKS = 4;
    private static final long PATIENCE_SECONDS = 15;

    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

    private Overheads() {}

    /**
     * Waits until the compiler is done with what earlier runs have queued, and collects what they
     * left behind: twice, since what hangs on a finalizer goes with the second collection only.
     */
    static void settle() throws InterruptedException {
        System.gc();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        int quiet = 0;
        while (quiet < QUIET_LOOKS && System.nanoTime() < deadline) {
            long before = compilerMillis();
            Thread.sleep(LOOK_MILLIS);
            quiet = compilerMillis() == before ? quiet + 1 : 0;
        }
        System.gc();
    }

    /** Elapsed time of all compilations since the start, in milliseconds, summed over threads. */
    static long compilerMillis() {
        return COMPILER.getTotalCompilationTime();
    }

    /** Elapsed time of all collections since the start, in milliseconds. */
    static long collectorMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }
}
