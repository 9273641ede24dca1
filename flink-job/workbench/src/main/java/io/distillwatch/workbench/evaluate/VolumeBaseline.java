package io.distillwatch.workbench.evaluate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names accounts that send more than so many exchanges on a day of the calendar, UTC. */
final class VolumeBaseline implements Baseline {

    private static final long DAY_MILLIS = 86_400_000L;

    private final int most;
    private final Map<String, Integer> today = new HashMap<>();
    private final Set<String> named = new HashSet<>();
    private long day;

    VolumeBaseline(int most) {
        this.most = most;
    }

    @Override
    public void see(Request request) {
        long now = Math.floorDiv(request.time(), DAY_MILLIS);
        if (now != day) {
            today.clear();
            day = now;
        }
        if (today.merge(request.account(), 1, Integer::sum) > most) {
            named.add(request.account());
        }
    }

    @Override
    public Set<String> named() {
        return named;
    }
}
