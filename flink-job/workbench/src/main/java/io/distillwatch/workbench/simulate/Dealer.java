package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.CampaignPlan.Dealing;
import io.distillwatch.workbench.simulate.CampaignPlan.Wording;
import io.distillwatch.workbench.simulate.text.Rand;
import io.distillwatch.workbench.simulate.text.Seeds;

/**
 * Deals one queue of work out to the accounts of an operation, replaces those that are banned, and
 * brings their innocent cover on stage. The one actor of a campaign.
 */
final class Dealer extends Actor {

    private static final double DAY = 86_400_000.0;

    /**
     * Items of a block that is worked off before it is dealt again, where each is dealt k times.
     */
    private static final int BLOCK = 1_000;

    /** Share of replacements that take over a conversation of the account they replace. */
    private static final double HAND_OFF = 0.5;

    private final CampaignPlan plan;
    private final Group group;
    private final Recruits recruits;
    private final CampaignSpeech speech;
    private final Speech coverSpeech;
    private final Arrivals arrivals;
    private final Models models;
    private final Rand rand;
    private final long seed;
    private final long start;
    private final int zone;
    private final Week week;
    private final double pivotSpan;
    private final Profile[] ring;

    /** When the account at this place of the ring begins, epoch milliseconds. */
    private final long[] begins;

    /** The last conversation at this place; the sign bit of {@link #inherits} marks a hand-off. */
    private final long[] lastConversation;

    private final boolean[] inherits;
    private final int[] order;
    private int cursor;
    private int place;
    private int leftInBurst;
    private long dealt;

    Dealer(
            CampaignPlan plan,
            Group group,
            Recruits recruits,
            CampaignSpeech speech,
            Speech coverSpeech,
            Arrivals arrivals,
            Models models,
            long start,
            long seed) {
        this.plan = plan;
        this.group = group;
        this.recruits = recruits;
        this.speech = speech;
        this.coverSpeech = coverSpeech;
        this.arrivals = arrivals;
        this.models = models;
        this.seed = seed;
        this.start = start;
        rand = Rand.of(seed, "dealing");
        zone = rand.between(-8, 9) * 3_600_000;
        week = plan.humanHours ? Week.PEOPLE : Week.FLAT;
        // "nearly half within 24 hours": all of it within two days
        pivotSpan = 2 * DAY;
        ring = new Profile[plan.accounts];
        begins = new long[plan.accounts];
        lastConversation = new long[plan.accounts];
        inherits = new boolean[plan.accounts];
        order = new int[plan.accounts];
    }

    /** Recruits the first accounts and enters the stage. */
    void enter(Stage stage) {
        for (int i = 0; i < ring.length; i++) {
            order[i] = i;
            recruit(i, start, stage);
        }
        nextAt = start;
        nextAt = later(start);
        stage.add(this);
    }

    private void recruit(int at, long from, Stage stage) {
        Profile who = recruits.next(from);
        ring[at] = who;
        begins[at] = from;
        if (plan.replacedPerDay > 0) {
            who.retiredAt = from + (long) (rand.exponential() / plan.replacedPerDay * DAY);
        }
        if (plan.cover > 0) {
            Rand own = new Rand(Seeds.mix(who.account, 3));
            // people's sessions have 2.3 exchanges on average
            double sessions = plan.perDay * plan.cover / 2.3 * own.logNormal(0.9, 0.45);
            Rhythm rhythm =
                    SessionRhythm.people(
                            arrivals.people(), sessions, who.zone, arrivals.clumping());
            stage.add(new Person(group, who, rhythm, coverSpeech, from, own));
        }
    }

    /** The time of the next item after one at {@code time}. */
    private long later(long time) {
        double perDay = plan.accounts * plan.perDay * (1 - plan.cover);
        double even = 1 / perDay;
        double days =
                switch (plan.dealing) {
                    case ROUND_ROBIN, UNIFORM -> even * (0.85 + 0.3 * rand.unit());
                    case JITTERED -> even * rand.logNormal(0.84, 0.6);
                    case POISSON -> even * rand.exponential();
                };
        long next = week.after(time, days, zone);
        if (plan.pauseAfter != null) {
            long silent = start + plan.pauseAfter.toMillis();
            if (next >= silent && next < silent + plan.pause.toMillis()) {
                next += plan.pause.toMillis();
            }
        }
        return next;
    }

    @Override
    void act(Stage stage) {
        long now = nextAt;
        nextAt = later(now);
        if (leftInBurst > 0 && working(place, now)) {
            leftInBurst--;
        } else {
            if (!choose(now, stage)) {
                return;
            }
            leftInBurst = plan.burst == 1 ? 0 : rand.below(2 * plan.burst - 1);
        }
        send(now, stage);
    }

    private void send(long now, Stage stage) {
        Profile who = ring[place];
        long block = dealt / ((long) BLOCK * plan.timesDealt);
        long item = block * BLOCK + dealt % BLOCK;
        dealt++;
        long conversation = rand.bits();
        int turn = 0;
        if (inherits[place]) {
            conversation = lastConversation[place];
            turn = 1;
            inherits[place] = false;
        }
        lastConversation[place] = conversation;
        boolean customer = plan.wording == Wording.CUSTOMERS || rand.chance(plan.customers);
        speech.prepare(item, customer, now);
        int network = who.networks[who.rotating ? rand.below(who.networks.length) : 0];
        int client = who.clients[rand.below(who.clients.length)];
        stage.send(group, who, speech, now, conversation, turn, network, client, model(now));
    }

    private byte[] model(long now) {
        if (!plan.pivots || now < models.releasedAt()) {
            return null;
        }
        double share = Math.min(1, (now - models.releasedAt()) / pivotSpan);
        return rand.chance(share) ? models.newest() : null;
    }

    /** Finds the next account that works; false if none does at the moment. */
    private boolean choose(long now, Stage stage) {
        for (int tries = 0; tries < ring.length; tries++) {
            place = pick();
            if (now >= ring[place].retiredAt) {
                replace(place, stage);
            }
            if (working(place, now)) {
                return true;
            }
        }
        return false;
    }

    private boolean working(int at, long now) {
        return begins[at] <= now && now < ring[at].retiredAt;
    }

    private void replace(int at, Stage stage) {
        long banned = ring[at].retiredAt;
        // minutes to hours: half within 40 minutes
        long from = banned + (long) (rand.logNormal(40, 0.9) * 60_000);
        recruit(at, from, stage);
        inherits[at] = lastConversation[at] != 0 && rand.chance(HAND_OFF);
    }

    private int pick() {
        if (plan.dealing == Dealing.UNIFORM || plan.dealing == Dealing.POISSON) {
            int drawn = rand.below(ring.length);
            while (plan.unevenness > 0 && !rand.chance(weight(drawn))) {
                drawn = rand.below(ring.length);
            }
            return drawn;
        }
        if (cursor == 0 && plan.dealing == Dealing.JITTERED) {
            for (int i = order.length - 1; i > 0; i--) {
                int j = rand.below(i + 1);
                int swapped = order[i];
                order[i] = order[j];
                order[j] = swapped;
            }
        }
        int picked = order[cursor];
        cursor = (cursor + 1) % order.length;
        return picked;
    }

    /** Chance that a draw of this place counts: lognormal, the largest weights cut to 1. */
    private double weight(int at) {
        Rand own = new Rand(Seeds.mix(seed, at));
        return Math.min(1, 0.25 * own.logNormal(1, plan.unevenness));
    }
}
