package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.Rand;

/**
 * Sessions at random over the week's curve, exchanges within minutes.
 *
 * @param perDay sessions an average day
 * @param zone milliseconds that local time is ahead of UTC
 * @param clumping coefficient of variation of the time between sessions, 1 for Poisson
 * @param turns median exchanges of a session
 * @param turnSpread sigma of the logarithm of the exchanges of a session
 * @param gapMillis median time between exchanges of a session
 */
record SessionRhythm(
        Week week,
        double perDay,
        int zone,
        double clumping,
        double turns,
        double turnSpread,
        double gapMillis)
        implements Rhythm {

    /** No session is longer: beyond, sessions would be what limits the run. */
    private static final int MOST_TURNS = 2_000;

    /** Ordinary people: two or three exchanges, a minute apart, sessions somewhat clumped. */
    static SessionRhythm people(Week week, double perDay, int zone, double clumping) {
        return new SessionRhythm(week, perDay, zone, clumping, 1.8, 0.8, 55_000);
    }

    @Override
    public long session(long after, Rand rand) {
        if (perDay <= 0) {
            return Long.MAX_VALUE;
        }
        return week.after(after, rand.clumped(clumping) / perDay, zone);
    }

    @Override
    public int turns(Rand rand) {
        return (int) Math.max(1, Math.min(MOST_TURNS, rand.logNormal(turns, turnSpread)));
    }

    @Override
    public long gap(Rand rand) {
        return 1 + (long) Math.min(1_500_000, rand.logNormal(gapMillis, 0.9));
    }
}
