package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.LookAlikes.Cast;
import io.distillwatch.workbench.simulate.Networks.Kind;
import io.distillwatch.workbench.simulate.text.Rand;
import java.util.Arrays;

/** Look-alikes that are one program at independent people's, each on their own life. */
final class Assistants {

    private static final long DAY = 86_400_000L;

    private final Cast cast;

    Assistants(Cast cast) {
        this.cast = cast;
    }

    /** As mails come in: some at human hours, some day and night; at home or on a server. */
    void mail(int accounts) {
        String name = LookAlike.MAIL_AGENT.toString();
        Rand rand = cast.rand(name);
        Speech speech =
                AppSpeech.wrapped(
                        cast.texts().appWrapper("mail", rand),
                        Apps.own(cast.texts().documents(cast.seed(name), 8)),
                        180);
        int[] kits = new int[6];
        Arrays.setAll(kits, i -> Clients.any(rand));
        Group group = cast.group(LookAlike.MAIL_AGENT);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand(name, i);
            Profile who = cast.people().person(name, i, own);
            who.payment = own.bits() >>> 8 | 1;
            int place = own.chance(0.3) ? Networks.any(Kind.HOSTING, own) : Networks.home(own);
            who.networks = new int[] {place};
            who.clients = new int[] {kits[own.below(kits.length)]};
            who.wholeConversations = false;
            Week week = own.chance(0.6) ? cast.arrivals().people() : Week.FLAT;
            double perDay = own.logNormal(22, 0.5);
            Rhythm rhythm = new SessionRhythm(week, perDay, who.zone, 1, 1, 0.01, 1_000);
            cast.enter(new Person(group, who, rhythm, speech, cast.start(), own));
        }
    }

    /** Installed since the launch, most in its first days; nobody pays, many are on the move. */
    void reminders(int accounts) {
        String name = LookAlike.REMINDER_APP.toString();
        Rand rand = cast.rand(name);
        Speech speech =
                AppSpeech.wrapped(
                        cast.texts().appWrapper("journal", rand),
                        Apps.own(cast.texts().documents(cast.seed(name), 3)),
                        110);
        int[] client = {Clients.any(rand)};
        int[] minutes = {
            8 * 60 + rand.below(60), 13 * 60 + rand.below(60), 20 * 60 + rand.below(90)
        };
        long launch = cast.start() - 20 * DAY;
        Group group = cast.group(LookAlike.REMINDER_APP);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand(name, i);
            Profile who = cast.people().person(name, i, own);
            double days = Math.min(20 - 1 / 24.0, own.exponential() * 4);
            who.createdAt = launch + (long) (days * DAY);
            who.organization = 0;
            who.payment = 0;
            who.networks = new int[] {Networks.home(own), Networks.any(Kind.MOBILE, own)};
            who.clients = client;
            who.wholeConversations = false;
            Rhythm rhythm = new ScheduledRhythm(minutes, who.zone, 5 * 60_000, 0.2);
            cast.enter(new Person(group, who, rhythm, speech, cast.start(), own));
        }
    }
}
