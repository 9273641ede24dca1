package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.Rand;
import java.util.ArrayList;
import java.util.List;

/** Calls of one centre: each goes to the agent on shift who has been free for longest. */
final class Switchboard extends Actor {

    private static final long HOUR = 3_600_000L;
    private static final long DAY = 24 * HOUR;
    private static final long SHIFT = 8 * HOUR;

    /** 1 January 1970 was a Thursday. */
    private static final long THURSDAY = 3 * DAY;

    /** Calls of an agent and shift. */
    private static final double PER_SHIFT = 30;

    private static final double CALL_MILLIS = 480_000;

    /** Somebody who works five days of the week, from this hour on. */
    private static final class Agent {
        final Profile who;
        final long from;
        final int rest;
        long freeAt;

        Agent(Profile who, long from, int rest) {
            this.who = who;
            this.from = from;
            this.rest = rest;
        }

        boolean onShift(long local) {
            long sinceMonday = Math.floorMod(local + THURSDAY, 7 * DAY);
            long into = sinceMonday % DAY - from;
            return into >= 0 && into < SHIFT && (sinceMonday / DAY - rest + 7) % 7 >= 2;
        }
    }

    private final Group group;
    private final Speech speech;
    private final int zone;
    private final Rand rand;
    private final List<Agent> agents = new ArrayList<>();

    /**
     * @param zone milliseconds that local time is ahead of UTC
     * @param from epoch milliseconds, no call before
     */
    Switchboard(Group group, Speech speech, int zone, long from, Rand rand) {
        this.group = group;
        this.speech = speech;
        this.zone = zone;
        this.rand = rand;
        nextAt = from;
    }

    /**
     * An agent of the early or the late shift.
     *
     * @param rest the first of two days off in a row, 0 for Monday
     */
    void add(Profile who, boolean late, int rest) {
        agents.add(new Agent(who, (late ? 14 : 6) * HOUR, rest));
    }

    @Override
    void act(Stage stage) {
        long now = nextAt;
        Agent next = null;
        int working = 0;
        for (Agent agent : agents) {
            if (agent.onShift(now + zone)) {
                working++;
                if (next == null || agent.freeAt < next.freeAt) {
                    next = agent;
                }
            }
        }
        if (next == null) {
            // closed: the first call comes a little after somebody is there again
            nextAt = now + HOUR / 6 + rand.below((int) HOUR / 6);
            return;
        }
        next.freeAt = now + (long) rand.logNormal(CALL_MILLIS, 0.6);
        Profile who = next.who;
        stage.send(group, who, speech, now, rand.bits(), 0, who.networks[0], who.clients[0], null);
        nextAt = now + 1 + (long) (rand.exponential() * SHIFT / (PER_SHIFT * working));
    }
}
