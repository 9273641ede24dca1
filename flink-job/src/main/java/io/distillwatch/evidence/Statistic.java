package io.distillwatch.evidence;

import java.util.List;

/** One way to look at a group; pure. */
interface Statistic {

    /** The evidence, or nothing where the group is too small for this statistic to say anything. */
    List<Evidence> measure(GroupStatistics group, Baseline ordinary);

    /**
     * Score of a ratio that is below the ordinary one: 0 at the ordinary value, 1 at the value of a
     * campaign, on a logarithmic scale.
     */
    static double between(double value, double ordinary, double campaign) {
        return Math.log(ordinary / value) / Math.log(ordinary / campaign);
    }
}
