package io.distillwatch.exchange;

/**
 * What the source makes of one log record: an exchange or a refusal, never both. The original bytes
 * ride along only as far as the first operator, chained to the source, which needs them for the
 * dead-letter and late topics and drops them.
 *
 * @param exchange the exchange; null when refused
 * @param refusal the reason; null when accepted
 * @param topic source topic, or file name in a replay
 * @param partition source partition; 0 in a replay
 * @param offset source offset, or line number from 1 in a replay
 * @param ingestedAt broker timestamp in epoch milliseconds; 0 or less where unknown
 * @param original the bytes as they came; empty for a tombstone
 */
public record Intake(
        Exchange exchange,
        Refusal refusal,
        String topic,
        int partition,
        long offset,
        long ingestedAt,
        byte[] original) {

    /** Whether the record was refused. */
    public boolean refused() {
        return refusal != null;
    }
}
