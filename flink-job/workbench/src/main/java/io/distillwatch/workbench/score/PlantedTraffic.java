package io.distillwatch.workbench.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was planted, and what of it was sent: the truth of a run, then {@link #sent} once for every
 * exchange of its log.
 */
public final class PlantedTraffic {

    private final Map<String, Campaign> campaigns = new LinkedHashMap<>();
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, String> kinds = new HashMap<>();
    private final Set<String> active = new HashSet<>();
    private final Map<String, Map<String, List<Long>>> times = new HashMap<>();

    /**
     * A planted campaign.
     *
     * @param accounts all that belong to it, active or not
     * @param exchanges as the truth counts them
     */
    public record Campaign(Set<String> accounts, long exchanges) {}

    /** Adds a planted campaign. */
    public void plant(String name, Set<String> accounts, long exchanges) {
        campaigns.put(name, new Campaign(Set.copyOf(accounts), exchanges));
        accounts.forEach(account -> owners.put(account, name));
    }

    /** Adds accounts that look like a campaign and are none. */
    public void lookAlike(String kind, Iterable<String> accounts) {
        accounts.forEach(account -> kinds.put(account, kind));
    }

    /** Counts one exchange of the log; {@code eventTime} in epoch milliseconds. */
    public void sent(String account, long eventTime) {
        active.add(account);
        String owner = owners.get(account);
        if (owner != null) {
            times.computeIfAbsent(owner, name -> new HashMap<>())
                    .computeIfAbsent(account, name -> new ArrayList<>())
                    .add(eventTime);
        }
    }

    Map<String, Campaign> campaigns() {
        return campaigns;
    }

    /** The planted campaign of an account; {@code null} for an ordinary one. */
    String owner(String account) {
        return owners.get(account);
    }

    /** What an account is: the kind of its look-alike, its campaign, or "individual". */
    String kind(String account) {
        String kind = kinds.get(account);
        if (kind != null) {
            return kind;
        }
        return owners.getOrDefault(account, "individual");
    }

    /** Event times of the exchanges of a campaign's accounts, epoch milliseconds, in no order. */
    Map<String, List<Long>> times(String campaign) {
        return times.getOrDefault(campaign, Map.of());
    }

    boolean isActive(String account) {
        return active.contains(account);
    }

    /** Active accounts that belong to no campaign. */
    long ordinaryAccounts() {
        return active.stream().filter(account -> !owners.containsKey(account)).count();
    }
}
