package io.distillwatch.campaign;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Address prefixes and payments of some accounts. Only what two of them have is a trait. */
final class Infrastructure {

    /* Prefixes are shared by chance more easily than accounts: more of them, and several. */
    static final double MIN_PREFIX_OVERLAP = 0.3;
    static final int MIN_SHARED_PREFIXES = 3;
    static final int MIN_SHARED_PAYMENTS = 2;

    private final Map<String, Integer> prefixes = new HashMap<>();
    private final Map<Long, Integer> payments = new HashMap<>();
    /* Of these, what two accounts have; null until asked for. */
    private Set<String> sharedPrefixes;
    private Set<Long> sharedPayments;

    /**
     * One account more.
     *
     * @param payment 0 where unknown
     */
    void add(String prefix, long payment) {
        sharedPrefixes = null;
        prefixes.merge(prefix, 1, Integer::sum);
        if (payment != 0) {
            payments.merge(payment, 1, Integer::sum);
        }
    }

    /** Whether both have enough traits in common to be of one operation. */
    boolean sharedWith(Infrastructure other) {
        find();
        other.find();
        if (shared(sharedPayments, other.sharedPayments) >= MIN_SHARED_PAYMENTS) {
            return true;
        }
        long shared = shared(sharedPrefixes, other.sharedPrefixes);
        int smaller = Math.min(sharedPrefixes.size(), other.sharedPrefixes.size());
        return shared >= MIN_SHARED_PREFIXES && shared >= MIN_PREFIX_OVERLAP * smaller;
    }

    private void find() {
        if (sharedPrefixes == null) {
            sharedPrefixes = traits(prefixes);
            sharedPayments = traits(payments);
        }
    }

    private static <T> Set<T> traits(Map<T, Integer> accounts) {
        return accounts.entrySet().stream()
                .filter(entry -> entry.getValue() >= 2)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static <T> long shared(Set<T> ours, Set<T> theirs) {
        return ours.stream().filter(theirs::contains).count();
    }
}
