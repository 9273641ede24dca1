package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.LookAlikes.Cast;
import io.distillwatch.workbench.simulate.Networks.Kind;
import io.distillwatch.workbench.simulate.text.Rand;
import java.util.ArrayList;
import java.util.List;

/** Look-alikes that are people whom one payer brought together: a course, a centre, a team. */
final class Teams {

    private static final int HOUR = 3_600_000;
    private static final long DAY = 24L * HOUR;

    /** Share of the turns after the first that somebody of the team writes: of all, a quarter. */
    private static final double OTHERS = 0.33;

    private final Cast cast;

    Teams(Cast cast) {
        this.cast = cast;
    }

    /** A sheet every three days, the last day and a half of which is spent on it. */
    void course(int accounts) {
        String name = LookAlike.UNIVERSITY_KEYS.toString();
        Rand rand = cast.rand(name);
        long handedOut = cast.start() - rand.between(3, 20) * DAY - rand.below((int) DAY);
        long organization = rand.chance(0.5) ? 400_000 : 0;
        long payment = rand.bits() >>> 8 | 1;
        int[] client = {Clients.any(rand)};
        int campus = Networks.any(Kind.WORK, rand);
        int zone = rand.between(-5, 9) * HOUR;
        int days = (int) Math.max(1, Math.min(3, (cast.end() - cast.start()) / DAY));
        // at ten in the evening
        long firstDue = cast.start() + (1 + rand.below(days)) * DAY - 2 * HOUR - zone;
        Speech speech = cast.form("tutor", LookAlike.UNIVERSITY_KEYS, 5, 450);
        Group group = cast.group(LookAlike.UNIVERSITY_KEYS);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand(name, i);
            Profile who = cast.people().person(name, i, own);
            who.createdAt = handedOut + own.below(3 * HOUR);
            who.organization = organization;
            who.payment = payment;
            who.networks = new int[] {campus, Networks.home(own)};
            who.clients = client;
            who.zone = zone;
            for (long due = firstDue; due - 36 * HOUR < cast.end(); due += 3 * DAY) {
                Rhythm rhythm = new DeadlineRhythm(due - 36 * HOUR, due);
                Rand sheet = new Rand(own.bits());
                cast.enter(new Person(group, who, rhythm, speech, cast.start(), sheet));
            }
        }
    }

    void callCentre(int accounts) {
        String name = LookAlike.CALL_CENTRE.toString();
        Rand rand = cast.rand(name);
        long payment = rand.bits() >>> 8 | 1;
        int[] client = {Clients.any(rand)};
        int[] sites = Networks.several(rand.between(3, 12), Kind.WORK, rand);
        int zone = rand.between(-8, 9) * HOUR;
        long rollOut = cast.start() - rand.between(30, 300) * DAY;
        Speech speech = cast.form("call", LookAlike.CALL_CENTRE, 8, 160);
        Group group = cast.group(LookAlike.CALL_CENTRE);
        Switchboard calls = new Switchboard(group, speech, zone, cast.start(), rand);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand(name, i);
            Profile who = cast.people().person(name, i, own);
            // the rest were hired since
            double since = own.chance(0.7) ? 8 * HOUR : cast.start() - rollOut;
            who.createdAt = rollOut + (long) (own.unit() * since);
            who.organization = 0;
            who.payment = payment;
            who.networks = new int[] {sites[own.below(sites.length)]};
            who.clients = client;
            calls.add(who, own.chance(0.5), own.below(7));
        }
        cast.enter(calls);
    }

    void threads(int accounts) {
        Group group = cast.group(LookAlike.TEAM_THREADS);
        int teams = Math.max(1, Math.round(accounts / 50f));
        for (int t = 0; t < teams; t++) {
            team(
                    group,
                    t,
                    (int) ((long) accounts * t / teams),
                    (int) ((long) accounts * (t + 1) / teams));
        }
    }

    private void team(Group group, int number, int first, int end) {
        String name = LookAlike.TEAM_THREADS.toString();
        Rand rand = cast.rand(name + " team", number);
        long payment = rand.bits() >>> 8 | 1;
        int[] programs = {Clients.any(rand), Clients.any(rand), Clients.any(rand)};
        int office = Networks.any(Kind.WORK, rand);
        int zone = rand.between(-8, 9) * HOUR;
        boolean whole = rand.chance(0.5);
        // by conversation and turn only: colleagues quote what others have written
        AppSpeech.Body body =
                (who, conversation, turn, r, out) -> {
                    if (turn > 0 && r.chance(0.5)) {
                        cast.texts().everyday().followUp(who.language, r, out);
                    } else {
                        cast.texts().question(who.language, r.below(9), r, out);
                    }
                };
        Speech speech = new AppSpeech(null, null, Long.MAX_VALUE, null, body, true, 240);
        List<Profile> team = new ArrayList<>();
        List<Rand> streams = new ArrayList<>();
        for (int i = first; i < end; i++) {
            Rand own = cast.rand(name, i);
            Profile who = cast.people().person(name, i, own);
            who.organization = 500_000L + number;
            who.payment = payment;
            who.networks = new int[] {office, who.networks[0]};
            who.clients = new int[] {programs[own.below(programs.length)]};
            who.zone = zone;
            who.language = 0;
            who.wholeConversations = whole;
            team.add(who);
            streams.add(own);
        }
        for (int i = 0; i < team.size(); i++) {
            Rand own = streams.get(i);
            double perDay = own.logNormal(1.6, 0.9);
            Rhythm rhythm = new SessionRhythm(Week.OFFICE, perDay, zone, 1.2, 4, 0.6, 240_000);
            cast.enter(
                    new Person(group, team.get(i), rhythm, speech, cast.start(), own) {
                        @Override
                        Profile speaker(Profile owner, Rand stream) {
                            return stream.chance(OTHERS) ? stream.pick(team) : owner;
                        }
                    });
        }
    }
}
