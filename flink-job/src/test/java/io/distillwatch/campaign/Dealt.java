package io.distillwatch.campaign;

import io.distillwatch.group.GroupReport;
import io.distillwatch.group.MemberReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Work that operations deal to their accounts, as the groups' reports tell of it. */
final class Dealt {

    private final Random random;
    /* Exchanges by group and account. */
    private final TreeMap<Long, TreeMap<Integer, Long>> exchanges = new TreeMap<>();
    private final TreeMap<Long, long[]> times = new TreeMap<>();
    private IntFunction<String> prefix = account -> "10." + account / 250 + "." + account % 250;

    Dealt(long seed) {
        this.random = new Random(seed);
    }

    Dealt prefixes(IntFunction<String> ofAccount) {
        prefix = ofAccount;
        return this;
    }

    /** Each account gets so many exchanges, each of one of the families at random. */
    Dealt deal(int from, int to, int each, long start, long end, long... families) {
        for (int account = from; account < to; account++) {
            for (int i = 0; i < each; i++) {
                long family = families[random.nextInt(families.length)];
                exchanges
                        .computeIfAbsent(family, f -> new TreeMap<>())
                        .merge(account, 1L, Long::sum);
                long[] time = times.computeIfAbsent(family, f -> new long[] {start, end});
                time[0] = Math.min(time[0], start);
                time[1] = Math.max(time[1], end);
            }
        }
        return this;
    }

    GroupReport report(long group, long flaggedAt) {
        long[] time = times.get(group);
        List<MemberReport> members = new ArrayList<>();
        long all = 0;
        for (Map.Entry<Integer, Long> entry : exchanges.get(group).entrySet()) {
            long count = entry.getValue();
            all += count;
            members.add(
                    new MemberReport(
                            "acct-" + entry.getKey(),
                            time[0],
                            time[1],
                            count,
                            count,
                            count,
                            prefix.apply(entry.getKey()),
                            0));
        }
        return Books.report(group, time[1], flaggedAt, time[0], time[1], all, members);
    }
}
