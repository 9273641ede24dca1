package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.Rand;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Models on offer, the last of them released during the run. */
final class Models {

    private static final List<byte[]> NAMES =
            List.of(
                    bytes("meridian-2"),
                    bytes("meridian-2-mini"),
                    bytes("meridian-1.5"),
                    bytes("meridian-2-code"),
                    bytes("meridian-3"));

    /** Days after which half of those who will move have moved, on average: people are slow. */
    private static final double ADOPTION_DAYS = 14;

    /** Share that tries a new model on the first day. */
    private static final double EARLY = 0.06;

    private static final double DAY = 86_400_000.0;

    private final long releasedAt;

    Models(long releasedAt) {
        this.releasedAt = releasedAt;
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    long releasedAt() {
        return releasedAt;
    }

    /** Gives the account a model and the day on which it moves to the new one. */
    void assign(Profile who, Rand rand) {
        double u = rand.unit();
        who.model = u < 0.5 ? 0 : u < 0.8 ? 1 : u < 0.92 ? 2 : 3;
        double days = rand.chance(EARLY) ? rand.unit() : rand.exponential() * ADOPTION_DAYS;
        who.adoptsAt = releasedAt + (long) (days * DAY);
    }

    byte[] nameFor(Profile who, long time) {
        return time >= who.adoptsAt ? NAMES.get(NAMES.size() - 1) : NAMES.get(who.model);
    }

    byte[] newest() {
        return NAMES.get(NAMES.size() - 1);
    }
}
