package io.distillwatch.workbench.demo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Finds the account in a simulated exchange: the key of its Kafka record. */
final class AccountScan {

    private static final byte[] FIELD = "\"account_id\":\"".getBytes(StandardCharsets.US_ASCII);

    private AccountScan() {}

    /**
     * The account id's bytes.
     *
     * @throws IllegalArgumentException when there is none
     */
    static byte[] find(byte[] line) {
        for (int i = 0; i + FIELD.length < line.length; i++) {
            if (Arrays.equals(line, i, i + FIELD.length, FIELD, 0, FIELD.length)) {
                int from = i + FIELD.length;
                int to = from;
                while (to < line.length && line[to] != '"') {
                    to++;
                }
                return Arrays.copyOfRange(line, from, to);
            }
        }
        throw new IllegalArgumentException("a simulated exchange has no account_id");
    }
}
