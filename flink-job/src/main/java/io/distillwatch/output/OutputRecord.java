package io.distillwatch.output;

/**
 * One record as it leaves the job: already JSON, so that every sink writes the same bytes.
 *
 * @param key UTF-8 of the topic's key; null where the topic has none
 * @param value UTF-8 JSON object, without a trailing newline
 * @param timestamp event time in epoch milliseconds
 */
public record OutputRecord(byte[] key, byte[] value, long timestamp) {}
