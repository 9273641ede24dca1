package io.distillwatch.sql;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The gateway has no way to be told when rows are there: it is asked again and again. */
final class Pause {

    /** Short against the half second that the smallest job takes. */
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Pause() {}

    static void briefly() {
        LockSupport.parkNanos(NANOS);
        if (Thread.interrupted()) {
            throw new SqlFailure(new InterruptedException("interrupted while waiting for rows"));
        }
    }
}
