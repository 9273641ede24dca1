package io.distillwatch.workbench.score;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a detector said: the change streams of campaigns and of their members, in order. */
public final class Flags {

    /** When an account was named of which the record does not say it: not in time. */
    static final long SOMETIME = Long.MAX_VALUE;

    private final Map<String, Long> flaggedAt = new LinkedHashMap<>();
    private final Map<String, String> status = new LinkedHashMap<>();
    private final Map<String, Map<String, Long>> members = new LinkedHashMap<>();

    /** A record of the campaigns stream; {@code flagged} in epoch milliseconds. */
    public void campaign(String id, long flagged, String currentStatus) {
        flaggedAt.merge(id, flagged, Math::min);
        status.put(id, currentStatus);
    }

    /**
     * A record of the members stream. An account that was named once stays named, even if it is
     * removed later: somebody may have acted on it.
     *
     * @param joined epoch milliseconds; {@link #SOMETIME} where it is not known
     */
    public void member(String id, String account, long joined, String currentStatus) {
        if (!currentStatus.equals("REMOVED")) {
            members.computeIfAbsent(id, key -> new HashMap<>()).merge(account, joined, Math::min);
        }
    }

    /** Campaigns that stand, with the time of their flag; merged and dismissed ones do not. */
    Map<String, Long> standing() {
        Map<String, Long> standing = new LinkedHashMap<>(flaggedAt);
        standing.keySet()
                .removeIf(
                        id ->
                                status.get(id).equals("MERGED")
                                        || status.get(id).equals("DISMISSED"));
        return standing;
    }

    Set<String> members(String id) {
        return namedAt(id).keySet();
    }

    /** The members of a campaign, each with the time at which it was named first. */
    Map<String, Long> namedAt(String id) {
        return members.getOrDefault(id, Map.of());
    }

    /** Every account that any campaign has named. */
    Set<String> named() {
        Set<String> all = new HashSet<>();
        members.values().forEach(named -> all.addAll(named.keySet()));
        return all;
    }
}
