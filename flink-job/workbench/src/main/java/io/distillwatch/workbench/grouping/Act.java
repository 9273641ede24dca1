package io.distillwatch.workbench.grouping;

/**
 * One account acted on one target.
 *
 * @param time epoch milliseconds
 */
record Act(String account, String target, long time) {}
