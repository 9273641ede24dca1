package io.distillwatch.workbench.score;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How well a set of named accounts fits what was planted, whatever campaign they were named for:
 * the terms in which detectors that know no campaigns can be compared.
 *
 * @param recall planted accounts named, of those active; {@code null} if none was active
 * @param precision planted accounts, of the active ones named; {@code null} if none was named
 * @param ordinaryNamed active ordinary accounts named
 * @param namedByKind {@code ordinaryNamed} by kind of look-alike, "individual" for none
 */
public record AccountScore(
        Double recall, Double precision, long ordinaryNamed, Map<String, Long> namedByKind) {

    /** Judges a set of accounts. */
    public static AccountScore of(PlantedTraffic planted, Set<String> named) {
        long active =
                planted.campaigns().values().stream()
                        .flatMap(campaign -> campaign.accounts().stream())
                        .filter(planted::isActive)
                        .count();
        Set<String> right = new HashSet<>(named);
        right.removeIf(account -> !planted.isActive(account) || planted.owner(account) == null);
        Set<String> ordinary = new HashSet<>(named);
        ordinary.removeIf(account -> !planted.isActive(account) || planted.owner(account) != null);
        int all = right.size() + ordinary.size();
        return new AccountScore(
                active == 0 ? null : (double) right.size() / active,
                all == 0 ? null : (double) right.size() / all,
                ordinary.size(),
                Scorer.byKind(planted, ordinary));
    }
}
