package io.distillwatch.workbench.simulate;

import java.util.Arrays;
import java.util.Locale;

/** Optional fields of an exchange, which a scenario can leave out. */
public enum Field {
    ORGANIZATION_ID,
    USER_AGENT,
    TLS_FINGERPRINT,
    PAYMENT_FINGERPRINT,
    ACCOUNT_CREATED_AT,
    CONVERSATION_ID,
    MODEL,
    TOKENS,
    SYSTEM_PROMPT,
    MESSAGES;

    /** The field of this name; throws {@link IllegalArgumentException} that lists all. */
    static Field named(String name) {
        return Arrays.stream(values())
                .filter(field -> field.toString().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no optional field '"
                                                + name
                                                + "', there are "
                                                + Arrays.toString(values())));
    }

    /** The name as the contract writes it; {@code tokens} stands for both counts. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
