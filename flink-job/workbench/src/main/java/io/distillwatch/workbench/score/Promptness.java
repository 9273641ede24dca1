package io.distillwatch.workbench.score;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How soon accounts are named once they have shown themselves. */
final class Promptness {

    /** Exchanges after which an account of a flagged campaign is expected to be named. */
    private static final int SHOWN = 10;

    private static final long PROMPT = Duration.ofHours(2).toMillis();

    private Promptness() {}

    /**
     * Of the accounts that sent ten exchanges, the share that was named within two hours of the
     * tenth, or of the campaign's flag where that came later.
     *
     * @param times event times of each account's exchanges, in no order
     * @param namedAt when each account was named first; all in epoch milliseconds
     * @return {@code null} where no account sent ten
     */
    static Double share(Map<String, List<Long>> times, Map<String, Long> namedAt, long flaggedAt) {
        int shown = 0;
        int prompt = 0;
        for (Map.Entry<String, List<Long>> account : times.entrySet()) {
            if (account.getValue().size() < SHOWN) {
                continue;
            }
            shown++;
            long tenth = account.getValue().stream().sorted().skip(SHOWN - 1).findFirst().get();
            Long named = namedAt.get(account.getKey());
            prompt += named != null && named <= Math.max(tenth, flaggedAt) + PROMPT ? 1 : 0;
        }
        return shown == 0 ? null : (double) prompt / shown;
    }
}
