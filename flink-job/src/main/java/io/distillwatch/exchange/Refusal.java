package io.distillwatch.exchange;

/**
 * Why a record is not a valid exchange.
 *
 * @param reason machine-readable, snake_case, e.g. {@code missing_field}; the label it is counted
 *     by
 * @param field the JSON field that is at fault; null when it is the whole record
 * @param message one sentence for a person: what was wrong and what is allowed; never prompt text
 */
public record Refusal(String reason, String field, String message) {}
