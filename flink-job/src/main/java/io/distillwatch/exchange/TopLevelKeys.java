package io.distillwatch.exchange;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys of the outermost object that were met so far. Those of the contract, which is nearly all
 * of them, are bits: a set of strings for every record would cost as much as a quarter of its JSON.
 */
final class TopLevelKeys {

    private static final List<String> FIELDS =
            List.of(
                    "exchange_id",
                    "event_time",
                    "account_id",
                    "client_ip",
                    "prompt",
                    "messages",
                    "prompt_fingerprint",
                    "system_prompt",
                    "model",
                    "input_tokens",
                    "output_tokens",
                    "organization_id",
                    "user_agent",
                    "tls_fingerprint",
                    "payment_fingerprint",
                    "account_created_at",
                    "conversation_id",
                    "embedding");

    private static final Map<String, Integer> BITS = bits();

    private int known;
    private final Set<String> others = new HashSet<>();

    private static Map<String, Integer> bits() {
        Map<String, Integer> bits = new HashMap<>();
        for (String field : FIELDS) {
            bits.put(field, 1 << bits.size());
        }
        return bits;
    }

    /** The fields of the contract; any other is ignored. */
    static List<String> fields() {
        return FIELDS;
    }

    /** Only names of the contract may be repeated in messages: other keys are text from outside. */
    static String ifOfContract(String key) {
        return key != null && BITS.containsKey(key) ? key : null;
    }

    /** Takes a key; false when it was met before. */
    boolean add(String key) {
        Integer bit = BITS.get(key);
        if (bit == null) {
            return others.add(key);
        }
        boolean fresh = (known & bit) == 0;
        known |= bit;
        return fresh;
    }

    void clear() {
        known = 0;
        if (!others.isEmpty()) {
            others.clear();
        }
    }
}
