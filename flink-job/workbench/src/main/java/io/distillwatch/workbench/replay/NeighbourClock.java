package io.distillwatch.workbench.replay;

import java.util.ArrayDeque;

/**
 * Stands in for the broker's clock, which a file does not have. A line is believed to be logged
 * when its neighbours say that they happened: the median event time of the 33 lines from it on, or
 * of the 33 lines up to it, whichever is later.
 *
 * <ul>
 *   <li>A line dated years or a week ahead has neither the lines before nor those after it on its
 *       side, so its event time stands out against this clock and the parser refuses it.
 *   <li>After a real gap the lines that follow agree with one another, so the first line after it
 *       passes; before a step back (a daylight-saving bug) the lines before it do.
 *   <li>Up to 16 wrong lines among 33 are outvoted: a producer with a wrong clock that writes a
 *       third of a log is met 11 times in 33 on average.
 * </ul>
 *
 * <p>At the very end, where nothing follows, the last five lines are asked. A line after a gap
 * needs two more there to speak for it: fewer cannot be told from a wrong clock. In a log of few
 * lines the last ones lie hours after their median without being wrong, so the clock then shows as
 * much more as those five lines lie apart, tenfold: seconds in a busy log.
 */
final class NeighbourClock {

    /** Lines on one side. Odd; the larger, the more wrong lines in a row are outvoted. */
    static final int WINDOW = 33;

    /** Fewer neighbours than this do not make a clock, unless the log has no more. */
    static final int FEWEST = 5;

    private static final int END_SPREADS = 4;

    private final SlidingMedian following = new SlidingMedian(WINDOW + 1);
    private final SlidingMedian preceding = new SlidingMedian(WINDOW + 1);
    private final ArrayDeque<Long> past = new ArrayDeque<>();
    private long before = EventTimeScan.NONE;
    private long now;
    private boolean complete;

    /** A line has come into sight, at most {@link #WINDOW} lines ahead. */
    void see(long eventTime) {
        if (eventTime != EventTimeScan.NONE) {
            following.add(eventTime);
        }
    }

    /** No more lines will come into sight. */
    void end() {
        complete = true;
    }

    /**
     * Moves on to the next line that was seen.
     *
     * @param eventTime of that line, as it was given to {@link #see}
     * @return epoch milliseconds; 0 as long as no line had an event time
     */
    long pass(long eventTime) {
        if (before != EventTimeScan.NONE && !(complete && following.size() <= FEWEST)) {
            following.remove(before);
        }
        before = eventTime;
        if (eventTime != EventTimeScan.NONE) {
            preceding.add(eventTime);
            past.add(eventTime);
            if (past.size() > WINDOW) {
                preceding.remove(past.remove());
            }
        }
        boolean ahead = following.size() > 0;
        boolean behind = preceding.size() >= FEWEST;
        if (ahead && behind) {
            now = Math.max(nearEnd(), preceding.median());
        } else if (ahead) {
            now = nearEnd();
        } else if (behind) {
            now = preceding.median();
        }
        return now;
    }

    private long nearEnd() {
        boolean last = complete && following.size() <= FEWEST && preceding.size() >= FEWEST;
        return following.median() + (last ? END_SPREADS * preceding.lowerSpread() : 0);
    }
}
