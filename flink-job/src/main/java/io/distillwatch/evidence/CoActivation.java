package io.distillwatch.evidence;

import java.util.List;

/**
 * Co-activation: the accounts stop together and start together. Counted are the half-hours of the
 * last day, between the group's first and last activity, in which nobody of it does anything
 * although its mean rate and the rhythm of ordinary traffic make at least eight exchanges expected
 * (chance leaves such a half-hour empty with e^-8). The value is their share; expected is that of
 * random groups.
 *
 * <p>People come and go by and by: a silence counts only if the group was in full swing within the
 * hour before and the hour after, so an office that goes home does not count. And it must be the
 * same accounts that come back. The outage of an app looks alike, and so do a few people who each
 * run a batch when they find the time: it adds to a case and makes none.
 */
final class CoActivation implements Statistic {

    private static final double MIN_EXPECTED = 8;
    /* So many silent half-hours say nothing yet, and so many more say all. */
    private static final double SOME = 2;
    private static final double ALL = 8;
    private static final double FULL_SWING = 0.5;

    /** Silent half-hours, of how many half-hours. */
    private record Silence(int halfHours, int of) {

        double share() {
            return of == 0 ? Double.NaN : (double) halfHours / of;
        }
    }

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline ordinary) {
        Silence silence = silence(group, ordinary);
        if (silence.of() == 0) {
            return List.of();
        }
        double value = silence.share();
        double expected =
                value == 0 ? 0 : ordinary.median(0, other -> silence(other, ordinary).share());
        double score = (silence.halfHours() - SOME) / ALL * (1 - expected / value);
        boolean sameAccounts = 2 * group.returns().known() >= group.returns().accounts();
        if (!sameAccounts) {
            score = 0;
        }
        return List.of(Evidence.of(Signal.CO_ACTIVATION, value, expected, score));
    }

    /** Nothing at all where too little goes on to expect anything of a half-hour. */
    private static Silence silence(GroupStatistics group, Baseline ordinary) {
        long[] own = group.timing().bins();
        double[] others = ordinary.rhythm(group.timing().lastBin(), own.length);
        int from = 0;
        int to = own.length;
        while (from < to && own[from] == 0) {
            from++;
        }
        while (to > from && own[to - 1] == 0) {
            to--;
        }
        double sum = 0;
        double othersSum = 0;
        int active = 0;
        for (int i = from; i < to; i++) {
            sum += own[i];
            othersSum += others[i];
            active += own[i] > 0 ? 1 : 0;
        }
        if (to - from < 3 || othersSum == 0 || sum / (to - from) < MIN_EXPECTED) {
            return new Silence(0, 0);
        }
        double swing = FULL_SWING * sum / active;
        int halfHours = 0;
        for (int start = from; start < to; start++) {
            if (own[start] > 0) {
                continue;
            }
            int end = start;
            int expected = 0;
            while (own[end] == 0) {
                expected += sum * others[end] / othersSum >= MIN_EXPECTED ? 1 : 0;
                end++;
            }
            long before = Math.max(own[start - 1], start < 2 ? 0 : own[start - 2]);
            long after = Math.max(own[end], end + 1 < own.length ? own[end + 1] : 0);
            if (expected > 0 && before >= swing && after >= swing) {
                halfHours += expected;
            }
            start = end;
        }
        return new Silence(halfHours, to - from);
    }
}
