package io.distillwatch.workbench.local;

import java.io.Console;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar with event time and rate on a terminal; nothing where the output goes to a file or a pipe.
 */
public final class Progress implements AutoCloseable {

    private static final int UPDATE_MILLIS = 500;

    private final ProgressBar bar;

    /**
     * @param task what goes on, one or two words
     * @param total of the unit
     * @param unit as it is shown, with a leading space
     * @param unitSize units are shown divided by this
     */
    public Progress(String task, long total, String unit, long unitSize) {
        bar =
                onTerminal()
                        ? new ProgressBarBuilder()
                                .setTaskName(task)
                                .setInitialMax(Math.max(total, 1))
                                .setUnit(unit, unitSize)
                                .setStyle(ProgressBarStyle.ASCII)
                                .setUpdateIntervalMillis(UPDATE_MILLIS)
                                .build()
                        : null;
    }

    /** Whether someone is looking. */
    @SuppressWarnings("SystemConsoleNull") // what newer JDKs answer is asked below
    public static boolean onTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From JDK 22 on there is always a console, and it knows whether it is a terminal.
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJdk) {
            return true;
        }
    }

    /**
     * @param done of the total
     * @param count what has been done, in exchanges
     * @param seconds since the start
     * @param eventTime epoch milliseconds; 0 where not known yet
     */
    public void update(long done, long count, double seconds, long eventTime) {
        if (bar != null) {
            bar.stepTo(done);
            bar.setExtraMessage(
                    String.format(
                            Locale.ROOT,
                            " %s %,.0f/s",
                            eventTime <= 0
                                    ? ""
                                    : Instant.ofEpochMilli(eventTime)
                                            .truncatedTo(ChronoUnit.MINUTES),
                            count / Math.max(seconds, 1e-3)));
        }
    }

    /** Prints a line above the bar. */
    public void print(PrintStream out, String text) {
        if (bar != null) {
            bar.pause();
            // leaves the bar's line, which is drawn anew below
            out.print("\r\u001b[2K");
        }
        out.println(text);
        if (bar != null) {
            bar.resume();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
