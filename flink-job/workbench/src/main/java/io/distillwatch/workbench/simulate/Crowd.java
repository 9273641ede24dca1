package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.LookAlikes.Cast;
import io.distillwatch.workbench.simulate.Networks.Kind;
import io.distillwatch.workbench.simulate.text.Rand;
import io.distillwatch.workbench.simulate.text.Seeds;

/** Look-alikes that are people with something in common: a network, a task, a fashion. */
final class Crowd {

    private static final long HOUR = 3_600_000L;
    private static final long DAY = 24 * HOUR;

    private final Cast cast;

    Crowd(Cast cast) {
        this.cast = cast;
    }

    void enterprise(int accounts) {
        Rand rand = cast.rand("enterprise_nat");
        int[] nat = {Networks.any(Kind.WORK, rand), Networks.any(Kind.WORK, rand)};
        int zone = rand.between(-8, 9) * (int) HOUR;
        int[] programs = {Clients.any(rand), Clients.any(rand), Clients.any(rand)};
        Group group = cast.group(LookAlike.ENTERPRISE_NAT);
        long payment = rand.bits() >>> 8 | 1;
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand("enterprise_nat", i);
            Profile who = cast.people().person("enterprise_nat", i, own);
            who.organization = 100_000;
            who.payment = payment;
            who.networks = nat;
            who.zone = zone;
            who.clients = new int[] {programs[own.below(programs.length)]};
            double sessions = own.logNormal(2.5, 1.1);
            Rhythm rhythm = SessionRhythm.people(Week.OFFICE, sessions, zone, cast.clumping());
            cast.enter(new Person(group, who, rhythm, cast.everyday(), cast.start(), own));
        }
    }

    void carrier(int accounts) {
        Rand rand = cast.rand("carrier_nat");
        shared(LookAlike.CARRIER_NAT, accounts, Networks.several(3, Kind.MOBILE, rand));
    }

    void vpn(int accounts) {
        Rand rand = cast.rand("vpn_exit");
        shared(LookAlike.VPN_EXIT, accounts, Networks.several(2, Kind.VPN, rand));
    }

    private void shared(LookAlike kind, int accounts, int[] networks) {
        Group group = cast.group(kind);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand(kind.toString(), i);
            Profile who = cast.people().person(kind.toString(), i, own);
            who.networks = networks;
            who.rotating = kind == LookAlike.VPN_EXIT;
            cast.enter(cast.ordinary(group, who, cast.start(), own));
        }
    }

    /** Some classes, each with its own campus, task and deadline. */
    void homework(int accounts) {
        Group group = cast.group(LookAlike.CLASS_HOMEWORK);
        int classSize = 40;
        for (int i = 0; i < accounts; i++) {
            Rand shared = cast.rand("class", i / classSize);
            int campus = Networks.any(Kind.WORK, shared);
            int zone = shared.between(-5, 9) * (int) HOUR;
            // set on one day, due at ten in the evening of the next but one or earlier
            long days = Math.max(1, (cast.end() - cast.start()) / DAY);
            long due = cast.start() + (1 + shared.below((int) days)) * DAY - 2 * HOUR - zone % DAY;
            byte[][] tasks = new byte[3][];
            for (int t = 0; t < tasks.length; t++) {
                tasks[t] = cast.texts().appText("homework", shared);
            }
            Rand own = cast.rand("class_homework", i);
            Profile who = cast.people().person("class_homework", i, own);
            who.networks = new int[] {campus, who.networks[0]};
            who.zone = zone;
            AppSpeech.Body body =
                    (p, conversation, turn, r, out) -> {
                        if (turn > 0 && r.chance(0.3)) {
                            cast.texts().everyday().followUp(0, r, out);
                        } else {
                            out.raw(tasks[r.below(tasks.length)]);
                        }
                    };
            Speech speech = new AppSpeech(null, null, Long.MAX_VALUE, null, body, true, 350);
            Rhythm rhythm = new DeadlineRhythm(due - 36 * HOUR, due);
            cast.enter(new Person(group, who, rhythm, speech, cast.start(), own));
        }
    }

    /** People who live their lives and, one day, all try the same text. */
    void viral(int accounts) {
        Rand rand = cast.rand("viral_prompt");
        Group group = cast.group(LookAlike.VIRAL_PROMPT);
        byte[] text = cast.texts().appText("viral", rand);
        long span = cast.end() - cast.start();
        long occasion = cast.start() + (long) (span * (0.2 + 0.5 * rand.unit()));
        AppSpeech.Body body =
                (who, conversation, turn, r, out) -> {
                    if (turn > 0) {
                        cast.texts().everyday().followUp(who.language, r, out);
                        return;
                    }
                    out.raw(text);
                    if (Seeds.below(who.account, 4) == 0) {
                        out.raw(' ');
                        cast.texts().everyday().followUp(0, r, out);
                    }
                };
        Speech speech = new AppSpeech(null, null, Long.MAX_VALUE, null, body, true, 300);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand("viral_prompt", i);
            Profile who = cast.people().person("viral_prompt", i, own);
            Rhythm once = new OnceRhythm(occasion, 7.0 * HOUR, 1 + own.below(2));
            cast.enter(new Person(group, who, once, speech, cast.start(), own));
            Rand daily = cast.rand("viral_prompt everyday", i);
            cast.enter(cast.ordinary(group, who, cast.start(), daily));
        }
    }
}
