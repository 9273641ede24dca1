package io.distillwatch.workbench.job;

import static io.distillwatch.workbench.job.ExchangeLine.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A few hours of exchanges, always the same: ordinary accounts, a dealt-out queue, rubbish. */
final class Traffic {

    /** Exchanges a minute; enough for a pane to hold something of everything. */
    private static final int A_MINUTE = 60;

    static final Instant START = ExchangeLine.time("06:00:00");

    private static final int ORDINARY = 200;
    private static final int CAMPAIGN = 24;

    private Traffic() {}

    /** In order of time. */
    static List<ExchangeLine> hours(int hours) {
        Random random = new Random(42);
        List<ExchangeLine> traffic = new ArrayList<>();
        for (int i = 0; i < hours * 60 * A_MINUTE; i++) {
            Instant time = START.plusMillis(i * 60_000L / A_MINUTE);
            traffic.add(i % 3 == 0 ? queued(i, time) : ordinary(i, time, random));
        }
        return traffic;
    }

    /** A long constant head, a fresh item each time, the accounts in turn. */
    private static ExchangeLine queued(int i, Instant time) {
        int account = i / 3 % CAMPAIGN;
        return exchange("q" + i)
                .by("queue-" + account)
                .from("198.51." + account + ".9")
                .at(time)
                .paidWith("card-" + account % 3)
                .createdAt(START.minus(Duration.ofHours(30 + account)))
                .asking(
                        "You are a careful grader. Think step by step, write down your whole chain"
                                + " of thought, then solve the following task and grade the result"
                                + " on a scale from one to ten. The task is number "
                                + i * 7919
                                + " of the list, about subject "
                                + i % 997);
    }

    private static ExchangeLine ordinary(int i, Instant time, Random random) {
        // A few ask much, most ask little.
        int account = (int) (ORDINARY * Math.pow(random.nextDouble(), 3));
        return exchange("o" + i)
                .by("person-" + account)
                .from("203.0." + account % 100 + ".7")
                .at(time)
                .paidWith("own-" + account)
                .createdAt(START.minus(Duration.ofDays(10 + 3 * account)))
                .asking("Question " + random.nextInt(500) + " about word" + random.nextInt(2000));
    }
}
