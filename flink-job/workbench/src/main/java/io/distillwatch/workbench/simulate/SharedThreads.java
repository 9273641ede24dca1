package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.Rand;
import java.util.List;

/** Conversations that one of a team begins and in which others of it write too. */
final class SharedThreads extends Actor {

    /** Share of the turns after the first that somebody else writes: of all, a quarter. */
    private static final double OTHERS = 0.33;

    private final Group group;
    private final Profile owner;
    private final List<Profile> team;
    private final Rhythm rhythm;
    private final Speech speech;
    private final Rand rand;
    private long conversation;
    private int turn;
    private int turns;

    /**
     * @param team everybody, the owner too
     * @param from nothing is sent before, epoch milliseconds
     * @param rand the owner's own stream
     */
    SharedThreads(
            Group group,
            Profile owner,
            List<Profile> team,
            Rhythm rhythm,
            Speech speech,
            long from,
            Rand rand) {
        this.group = group;
        this.owner = owner;
        this.team = team;
        this.rhythm = rhythm;
        this.speech = speech;
        this.rand = rand;
        threadAfter(from);
    }

    private void threadAfter(long time) {
        nextAt = rhythm.session(time, rand);
        conversation = rand.bits();
        turn = 0;
        turns = rhythm.turns(rand);
    }

    @Override
    void act(Stage stage) {
        long now = nextAt;
        Profile who = turn > 0 && rand.chance(OTHERS) ? rand.pick(team) : owner;
        int network = who.networks[rand.below(who.networks.length)];
        int client = who.clients[rand.below(who.clients.length)];
        stage.send(group, who, speech, now, conversation, turn, network, client, null);
        turn++;
        if (turn < turns) {
            nextAt = now + rhythm.gap(rand);
        } else {
            threadAfter(now);
        }
    }
}
