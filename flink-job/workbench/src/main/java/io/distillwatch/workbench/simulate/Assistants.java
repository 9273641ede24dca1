package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.LookAlikes.Cast;
import io.distillwatch.workbench.simulate.Networks.Kind;
import io.distillwatch.workbench.simulate.text.Rand;

/** Look-alikes that work for one person each: on their mail, on their days. */
final class Assistants {

    private static final long DAY = 86_400_000L;

    /** People take about this long to answer a reminder. */
    private static final double ANSWER_MILLIS = 300_000;

    private final Cast cast;

    Assistants(Cast cast) {
        this.cast = cast;
    }

    /** Mail comes by day to most, and at all hours to some. */
    void mail(int accounts) {
        String name = LookAlike.MAIL_AGENT.toString();
        int[] programs = Clients.several(6, cast.rand(name));
        Speech speech = cast.form("mail", LookAlike.MAIL_AGENT, 6, 130);
        Group group = cast.group(LookAlike.MAIL_AGENT);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand(name, i);
            Profile who = cast.people().person(name, i, own);
            who.organization = 0;
            who.payment = own.bits() >>> 8 | 1;
            int network = own.chance(0.6) ? Networks.home(own) : Networks.any(Kind.HOSTING, own);
            who.networks = new int[] {network};
            who.clients = new int[] {programs[own.zipf(programs.length)]};
            Week week = own.chance(0.6) ? Week.PEOPLE : Week.FLAT;
            double perDay = own.logNormal(22, 0.5);
            Rhythm rhythm = new SessionRhythm(week, perDay, who.zone, 1, 1, 0.01, 1_000);
            cast.enter(new Person(group, who, rhythm, speech, cast.start(), own));
        }
    }

    void reminders(int accounts) {
        String name = LookAlike.REMINDER_APP.toString();
        Rand rand = cast.rand(name);
        long launch = cast.start() - rand.between(10, 20) * DAY;
        int[] client = {Clients.any(rand)};
        int[] minutes = {
            7 * 60 + rand.below(90), 12 * 60 + rand.below(90), 20 * 60 + rand.below(120)
        };
        Speech speech = cast.form("journal", LookAlike.REMINDER_APP, 3, 120);
        Group group = cast.group(LookAlike.REMINDER_APP);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand(name, i);
            Profile who = cast.people().person(name, i, own);
            double known = own.chance(0.3) ? DAY : cast.start() - launch;
            who.createdAt = launch + (long) (own.unit() * known);
            who.organization = 0;
            who.payment = 0;
            int carrier = Networks.any(Kind.MOBILE, own);
            int home = Networks.home(own);
            who.networks = own.chance(0.5) ? new int[] {carrier, home} : new int[] {home, carrier};
            who.clients = client;
            Rhythm rhythm = new ScheduledRhythm(minutes, who.zone, ANSWER_MILLIS, 0.2);
            cast.enter(new Person(group, who, rhythm, speech, cast.start(), own));
        }
    }
}
