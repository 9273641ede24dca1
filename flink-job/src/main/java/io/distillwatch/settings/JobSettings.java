package io.distillwatch.settings;

/**
 * All settings of the deployed job.
 *
 * @param detection what is detected and how; shared with the replay
 * @param kafka where it is read from and written to
 */
public record JobSettings(DetectionSettings detection, KafkaSettings kafka) {}
