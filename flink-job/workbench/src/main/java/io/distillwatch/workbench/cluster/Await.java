package io.distillwatch.workbench.cluster;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for a condition of another process, which can only be asked for again and again. */
public final class Await {

    private static final long PAUSE_MILLIS = 100;

    private Await() {}

    /**
     * Returns as soon as the condition holds. An exception counts as "not yet": a server that is
     * starting or failing over refuses to answer.
     *
     * @param what is waited for, for the message
     * @param most how long to wait
     * @param details what to say more when it never holds, e.g. the end of a log
     * @throws IllegalStateException when the time is over
     */
    public static void until(
            String what, Duration most, Callable<Boolean> condition, Supplier<String> details) {
        long end = System.nanoTime() + most.toNanos();
        Exception last = null;
        do {
            try {
                if (condition.call()) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + what, e);
            } catch (Exception notYet) {
                last = notYet;
                pause(what);
            }
        } while (System.nanoTime() < end);
        throw new IllegalStateException(
                "waited " + most.toSeconds() + " s in vain for " + what + "\n" + details.get(),
                last);
    }

    /** As above, without details. */
    public static void until(String what, Duration most, Callable<Boolean> condition) {
        until(what, most, condition, () -> "");
    }

    private static void pause(String what) {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }
}
