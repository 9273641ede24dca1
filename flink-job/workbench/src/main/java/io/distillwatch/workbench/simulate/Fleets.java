package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.LookAlikes.Cast;
import io.distillwatch.workbench.simulate.Networks.Kind;
import io.distillwatch.workbench.simulate.text.Rand;
import java.util.Arrays;

/** Look-alikes of which somebody opened an account for each of many things. */
final class Fleets {

    private static final long HOUR = 3_600_000L;
    private static final long DAY = 24 * HOUR;

    private final Cast cast;

    Fleets(Cast cast) {
        this.cast = cast;
    }

    /** Even load day and night, a household and a card each, all born within ten days. */
    void devices(int accounts) {
        String name = LookAlike.DEVICE_FLEET.toString();
        Rand rand = cast.rand(name);
        Speech speech = speech("device", name, 6, 90);
        int[] firmware = {Clients.any(rand), Clients.any(rand), Clients.any(rand)};
        Group group = cast.group(LookAlike.DEVICE_FLEET);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand(name, i);
            Profile who = cast.people().person(name, i, own);
            who.createdAt = cast.start() - HOUR - (long) (own.unit() * 10 * DAY);
            who.organization = 0;
            who.networks = new int[] {Networks.home(own)};
            who.clients = new int[] {firmware[own.zipf(firmware.length)]};
            who.wholeConversations = false;
            Rhythm rhythm = new PeriodicRhythm(HOUR, (long) (own.unit() * HOUR));
            cast.enter(new Person(group, who, rhythm, speech, cast.start(), own));
        }
    }

    /** One card and one program; orders come as guests do. */
    void branches(int accounts) {
        String name = LookAlike.BRANCHES.toString();
        Rand rand = cast.rand(name);
        Speech speech = speech("order", name, 3, 70);
        long opened = cast.start() - rand.between(5, 40) * DAY;
        long payment = rand.bits() >>> 8 | 1;
        int[] client = {Clients.any(rand)};
        int zone = rand.between(-8, 9) * (int) HOUR;
        Group group = cast.group(LookAlike.BRANCHES);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand(name, i);
            Profile who = cast.people().person(name, i, own);
            who.createdAt = opened + (long) (own.unit() * 9 * HOUR);
            who.organization = 0;
            who.payment = payment;
            who.networks = new int[] {Networks.home(own)};
            who.clients = client;
            who.zone = zone;
            double perDay = own.logNormal(25, 0.4);
            enter(group, who, Week.OPENING, perDay, speech, own);
        }
    }

    /** One payer, one program, the service's own machines; customers small and large. */
    void tenants(int accounts) {
        String name = LookAlike.TENANT_SERVICE.toString();
        Rand rand = cast.rand(name);
        Speech speech = speech("tenant", name, 9, 160);
        long payment = rand.bits() >>> 8 | 1;
        int[] client = {Clients.any(rand)};
        int[] machines = new int[rand.between(2, 10)];
        Arrays.setAll(machines, i -> Networks.any(Kind.HOSTING, rand));
        boolean young = rand.chance(0.5);
        Group group = cast.group(LookAlike.TENANT_SERVICE);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand(name, i);
            Profile who = cast.people().person(name, i, own);
            if (young) {
                who.createdAt = cast.start() - HOUR - (long) (own.unit() * 10 * DAY);
            }
            who.organization = 0;
            who.payment = payment;
            who.clients = client;
            who.networks = machines;
            who.rotating = true;
            double perDay = own.logNormal(18, 0.5);
            enter(group, who, Week.FLAT, perDay, speech, own);
        }
    }

    /** Requests at random, one at a time. */
    private void enter(
            Group group, Profile who, Week week, double perDay, Speech speech, Rand own) {
        who.wholeConversations = false;
        Rhythm rhythm = new SessionRhythm(week, perDay, who.zone, 1, 1, 0.01, 1_000);
        cast.enter(new Person(group, who, rhythm, speech, cast.start(), own));
    }

    private Speech speech(String wrapper, String name, int sentences, double answerTokens) {
        return AppSpeech.wrapped(
                cast.texts().appWrapper(wrapper, cast.rand(name + " wrapper")),
                Apps.own(cast.texts().documents(cast.seed(name), sentences)),
                answerTokens);
    }
}
