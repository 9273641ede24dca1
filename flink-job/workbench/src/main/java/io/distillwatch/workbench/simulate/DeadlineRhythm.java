package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.Rand;

/**
 * Work before a deadline: more and more of it towards the end, nothing after.
 *
 * @param opens epoch milliseconds, nothing before
 * @param deadline epoch milliseconds
 */
record DeadlineRhythm(long opens, long deadline) implements Rhythm {

    @Override
    public long session(long after, Rand rand) {
        long from = Math.max(after, opens);
        if (from >= deadline) {
            return Long.MAX_VALUE;
        }
        // half of what is left passes before the next sitting, on average
        double share = 1 - StrictMath.exp(-rand.exponential());
        long at = from + (long) ((deadline - from) * share) + 1;
        return deadline - at < 60_000 ? Long.MAX_VALUE : at;
    }

    @Override
    public int turns(Rand rand) {
        return 1 + rand.below(5);
    }

    @Override
    public long gap(Rand rand) {
        return 1 + (long) Math.min(900_000, rand.logNormal(70_000, 0.8));
    }
}
