package io.distillwatch.workbench.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run is made of, texts and arrivals apart.
 *
 * @param seed same seed and same scenario, same bytes
 * @param start event time of the beginning
 * @param length event time that the run covers
 * @param ordinary ordinary accounts, look-alikes not counted
 * @param perDay mean exchanges of an ordinary account and day
 * @param lookAlikes accounts of each look-alike; 0 leaves it out, a missing one has its usual size
 * @param campaigns what is planted
 * @param without optional fields that no record has
 * @param maxBytes longer prompts and system prompts are cut, in bytes of escaped UTF-8
 */
public record Scenario(
        long seed,
        Instant start,
        Duration length,
        int ordinary,
        double perDay,
        Map<LookAlike, Integer> lookAlikes,
        List<CampaignPlan> campaigns,
        Set<Field> without,
        int maxBytes) {

    /** A Monday, so that a run of three days is three working days. */
    public static final Instant DEFAULT_START = Instant.parse("2026-06-01T00:00:00Z");

    public static final int DEFAULT_MAX_BYTES = 2_000;
    public static final double DEFAULT_PER_DAY = 6;

    /**
     * Fills in the usual sizes; throws {@link IllegalArgumentException} that names what is wrong.
     */
    public Scenario {
        if (ordinary < 0) {
            throw new IllegalArgumentException("ordinary: " + ordinary + " is below 0");
        }
        if (length.isNegative() || length.isZero() || length.compareTo(Duration.ofDays(400)) > 0) {
            throw new IllegalArgumentException(
                    "days: " + length.toMillis() / 86_400_000.0 + " is not in 0 to 400");
        }
        if (!(perDay > 0)) {
            throw new IllegalArgumentException("per-day: " + perDay + " is not above 0");
        }
        if (maxBytes < 16) {
            throw new IllegalArgumentException("max-text: " + maxBytes + " is not at least 16");
        }
        Map<LookAlike, Integer> sizes = new EnumMap<>(LookAlike.class);
        for (LookAlike kind : LookAlike.values()) {
            int size = lookAlikes.getOrDefault(kind, kind.accounts(ordinary));
            if (size < 0) {
                throw new IllegalArgumentException(kind + ": " + size + " accounts");
            }
            sizes.put(kind, size);
        }
        lookAlikes = Map.copyOf(sizes);
        campaigns = List.copyOf(campaigns);
        without = without.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(without));
        long names = campaigns.stream().map(c -> c.name).distinct().count();
        if (names < campaigns.size()) {
            throw new IllegalArgumentException("two campaigns of one name");
        }
    }

    /** A run with the usual look-alikes and all fields, from the default start. */
    public static Scenario of(long seed, double days, int ordinary, List<CampaignPlan> campaigns) {
        Duration length = Duration.ofMillis((long) (days * 86_400_000.0));
        return new Scenario(
                seed,
                DEFAULT_START,
                length,
                ordinary,
                DEFAULT_PER_DAY,
                Map.of(),
                campaigns,
                Set.of(),
                DEFAULT_MAX_BYTES);
    }
}
