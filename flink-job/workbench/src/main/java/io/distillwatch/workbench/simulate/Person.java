package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.Rand;

/** One account that follows its own rhythm. */
class Person extends Actor {

    /** Share of sessions that come from the usual network. */
    private static final double USUAL_PLACE = 0.6;

    private final Group group;
    private final Profile who;
    private final Rhythm rhythm;
    private final Speech speech;
    private final Rand rand;
    private long conversation;
    private int turn;
    private int turns;
    private int network;
    private int client;

    /**
     * @param from nothing is sent before, epoch milliseconds
     * @param rand the account's own stream
     */
    Person(Group group, Profile who, Rhythm rhythm, Speech speech, long from, Rand rand) {
        this.group = group;
        this.who = who;
        this.rhythm = rhythm;
        this.speech = speech;
        this.rand = rand;
        sessionAfter(from);
    }

    private void sessionAfter(long time) {
        nextAt = rhythm.session(time, rand);
        conversation = rand.bits();
        turn = 0;
        turns = rhythm.turns(rand);
        int[] networks = who.networks;
        network = networks[rand.chance(USUAL_PLACE) ? 0 : rand.below(networks.length)];
        client = who.clients[rand.below(who.clients.length)];
    }

    /** Who writes a turn after the first of a conversation that the account began. */
    Profile speaker(Profile owner, Rand own) {
        return owner;
    }

    @Override
    final void act(Stage stage) {
        long now = nextAt;
        if (now >= who.retiredAt) {
            nextAt = Long.MAX_VALUE;
            return;
        }
        if (who.rotating) {
            network = who.networks[rand.below(who.networks.length)];
        }
        Profile speaker = turn == 0 ? who : speaker(who, rand);
        int place = speaker == who ? network : speaker.networks[0];
        int program = speaker == who ? client : speaker.clients[0];
        stage.send(group, speaker, speech, now, conversation, turn, place, program, null);
        turn++;
        if (turn < turns) {
            nextAt = now + rhythm.gap(rand);
        } else {
            sessionAfter(now);
        }
    }
}
