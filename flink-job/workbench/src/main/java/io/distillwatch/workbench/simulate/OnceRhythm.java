package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.Rand;

/**
 * One session, some time after an occasion: most within hours.
 *
 * @param occasion epoch milliseconds
 * @param medianMillis half of the people have come by then
 * @param turns exchanges of the session
 */
record OnceRhythm(long occasion, double medianMillis, int turns) implements Rhythm {

    @Override
    public long session(long after, Rand rand) {
        if (after >= occasion) {
            return Long.MAX_VALUE;
        }
        return occasion + 1 + (long) rand.logNormal(medianMillis, 1.0);
    }

    @Override
    public int turns(Rand rand) {
        return turns;
    }

    @Override
    public long gap(Rand rand) {
        return 1 + (long) Math.min(900_000, rand.logNormal(60_000, 0.8));
    }
}
