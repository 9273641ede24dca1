package io.distillwatch.evidence;

import java.util.List;

/**
 * What the evidence on a group comes to.
 *
 * @param score 0 to 1; flagged from the policy's threshold on
 * @param flagged whether the score reaches the threshold and enough independent axes hold
 * @param axes axes that hold by themselves
 * @param evidence strongest first
 */
public record Assessment(double score, boolean flagged, List<Axis> axes, List<Evidence> evidence) {}
