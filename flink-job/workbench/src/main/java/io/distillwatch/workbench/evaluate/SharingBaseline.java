package io.distillwatch.workbench.evaluate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Names the accounts behind anything that at least so many of them share. */
final class SharingBaseline implements Baseline {

    private final int least;
    private final Function<Request, Object> key;

    /** Most texts are of one account: no set for these. */
    private final Map<Object, String> first = new HashMap<>();

    private final Map<Object, Set<String>> more = new HashMap<>();

    /**
     * @param key what is shared; {@code null} for an exchange that has none
     */
    SharingBaseline(int least, Function<Request, Object> key) {
        this.least = least;
        this.key = key;
    }

    @Override
    public void see(Request request) {
        Object shared = key.apply(request);
        if (shared == null) {
            return;
        }
        String owner = first.putIfAbsent(shared, request.account());
        if (owner != null && !owner.equals(request.account())) {
            Set<String> accounts = more.computeIfAbsent(shared, k -> new HashSet<>());
            accounts.add(owner);
            accounts.add(request.account());
        }
    }

    @Override
    public Set<String> named() {
        Set<String> named = new HashSet<>();
        more.values().stream().filter(all -> all.size() >= least).forEach(named::addAll);
        return named;
    }
}
