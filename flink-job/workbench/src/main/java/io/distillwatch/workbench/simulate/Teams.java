package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.LookAlikes.Cast;
import io.distillwatch.workbench.simulate.Networks.Kind;
import io.distillwatch.workbench.simulate.text.Rand;
import java.util.Arrays;

/** Look-alikes that work together: for one employer, in one course, in one another's threads. */
final class Teams {

    private static final long HOUR = 3_600_000L;
    private static final long DAY = 24 * HOUR;

    /** Share of the turns after the first that somebody else of the team writes. */
    private static final double JOINED = 0.25;

    private final Cast cast;

    Teams(Cast cast) {
        this.cast = cast;
    }

    /**
     * Two shifts, two days off a week, one payer, some sites; each call is dealt to who is free.
     */
    void callCentre(int accounts) {
        String name = LookAlike.CALL_CENTRE.toString();
        Rand rand = cast.rand(name);
        Speech speech =
                AppSpeech.wrapped(
                        cast.texts().appWrapper("call", rand),
                        Apps.own(cast.texts().documents(cast.seed(name), 12)),
                        140);
        long payment = rand.bits() >>> 8 | 1;
        int[] client = {Clients.any(rand)};
        int[] sites = new int[rand.between(3, 12)];
        Arrays.setAll(sites, i -> Networks.any(Kind.WORK, rand));
        int zone = rand.between(-8, 9) * (int) HOUR;
        Group group = cast.group(LookAlike.CALL_CENTRE);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand(name, i);
            Profile who = cast.people().person(name, i, own);
            who.organization = 0;
            who.payment = payment;
            who.networks = new int[] {sites[own.below(sites.length)]};
            who.clients = client;
            who.zone = zone;
            who.wholeConversations = false;
            Week shifts = shifts(own.chance(0.5) ? 6 : 14, own.below(7));
            Rhythm rhythm = new SessionRhythm(shifts, 30 * 5 / 7.0, zone, 1, 1, 0.01, 1_000);
            cast.enter(new Person(group, who, rhythm, speech, cast.start(), own));
        }
    }

    /** Eight hours on five days of the week; two days off that begin with this one. */
    private static Week shifts(int from, int off) {
        double[] hours = new double[168];
        for (int day = 0; day < 7; day++) {
            if (day != off && day != (off + 1) % 7) {
                Arrays.fill(hours, day * 24 + from, day * 24 + from + 8, 1);
            }
        }
        return new Week(hours);
    }

    /** Keys handed out in one morning; everybody's own answers, more of them towards the end. */
    void course(int accounts) {
        String name = LookAlike.COURSE_KEYS.toString();
        Rand rand = cast.rand(name);
        Speech speech =
                AppSpeech.wrapped(
                        cast.texts().appWrapper("course", rand),
                        Apps.own(cast.texts().documents(cast.seed(name), 5)),
                        380);
        long handedOut = cast.start() - rand.between(5, 30) * DAY;
        long payment = rand.bits() >>> 8 | 1;
        long organization = rand.chance(0.5) ? 400_000 : 0;
        int[] client = {Clients.any(rand)};
        int campus = Networks.any(Kind.WORK, rand);
        int zone = rand.between(-5, 9) * (int) HOUR;
        long days = Math.max(1, (cast.end() - cast.start()) / DAY);
        long due = cast.start() + (1 + rand.below((int) days)) * DAY - 2 * HOUR - zone % DAY;
        Group group = cast.group(LookAlike.COURSE_KEYS);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand(name, i);
            Profile who = cast.people().person(name, i, own);
            who.createdAt = handedOut + (long) (own.unit() * 3 * HOUR);
            who.organization = organization;
            who.payment = payment;
            who.networks = new int[] {campus, who.networks[0]};
            who.clients = client;
            who.zone = zone;
            Rhythm rhythm = new DeadlineRhythm(due - 40 * HOUR, due);
            cast.enter(new Person(group, who, rhythm, speech, cast.start(), own));
        }
    }

    /** One organisation and one invoice; a quarter of the replies come from a colleague. */
    void threads(int accounts) {
        String name = LookAlike.TEAM_THREADS.toString();
        Rand rand = cast.rand(name);
        int[] office = {Networks.any(Kind.WORK, rand)};
        int zone = rand.between(-8, 9) * (int) HOUR;
        long payment = rand.bits() >>> 8 | 1;
        Profile[] team = new Profile[accounts];
        for (int i = 0; i < accounts; i++) {
            team[i] = cast.people().person(name, i, cast.rand(name, i));
            team[i].organization = 500_000;
            team[i].payment = payment;
            team[i].networks = new int[] {office[0], team[i].networks[0]};
            team[i].zone = zone;
        }
        Group group = cast.group(LookAlike.TEAM_THREADS);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand(name + " threads", i);
            double sessions = own.logNormal(3, 0.7);
            Rhythm rhythm = new SessionRhythm(Week.OFFICE, sessions, zone, 1.2, 4, 0.6, 90_000);
            cast.enter(
                    new Person(group, team[i], rhythm, cast.everyday(), cast.start(), own) {
                        @Override
                        Profile speaker(Profile owner, Rand stream) {
                            return stream.chance(JOINED) ? team[stream.below(accounts)] : owner;
                        }
                    });
        }
    }
}
