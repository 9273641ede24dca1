package io.distillwatch.evidence;

/**
 * One statistic of a group and how it differs from ordinary traffic.
 *
 * @param signal which statistic
 * @param value what it is for the group
 * @param expected what ordinary traffic gives
 * @param score 0 as in ordinary traffic, 0.5 beyond what ordinary traffic reaches, 1 as in a
 *     campaign
 */
public record Evidence(Signal signal, double value, double expected, double score) {

    /**
     * Evidence with its score cut to what the signal can say, from 0 to {@link Signal#most}; not a
     * number counts as 0.
     */
    public static Evidence of(Signal signal, double value, double expected, double score) {
        double cut = Double.isNaN(score) ? 0 : Math.max(0, Math.min(signal.most(), score));
        return new Evidence(signal, value, expected, cut);
    }
}
