package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.LookAlikes.Cast;
import io.distillwatch.workbench.simulate.Networks.Kind;
import io.distillwatch.workbench.simulate.text.Rand;
import io.distillwatch.workbench.simulate.text.Template;

/** Look-alikes whose accounts were opened for things: devices, branches, tenants. */
final class Fleets {

    private static final int HOUR = 3_600_000;
    private static final long DAY = 24L * HOUR;

    /** Ways to write readings down, in the grammar of apps. */
    private static final int FORMATS = 4;

    private final Cast cast;

    Fleets(Cast cast) {
        this.cast = cast;
    }

    void devices(int accounts) {
        String name = LookAlike.DEVICE_FLEET.toString();
        Rand rand = cast.rand(name);
        int[] firmware = Clients.several(2 + rand.below(2), rand);
        Template wrapper = cast.texts().appWrapper("device", rand);
        String format = "readings" + rand.between(1, FORMATS);
        AppSpeech.Body readings =
                (who, conversation, turn, r, out) -> out.raw(cast.texts().appText(format, r));
        Speech speech = AppSpeech.wrapped(wrapper, readings, 90);
        Group group = cast.group(LookAlike.DEVICE_FLEET);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand(name, i);
            Profile who = cast.people().person(name, i, own);
            who.createdAt = within(10 * DAY, own);
            who.organization = 0;
            who.networks = new int[] {Networks.home(own)};
            who.clients = new int[] {firmware[own.zipf(firmware.length)]};
            Rhythm rhythm = new HourlyRhythm(own.below(HOUR));
            cast.enter(new Person(group, who, rhythm, speech, cast.start(), own));
        }
    }

    /** A time in the last such span before the run. */
    private long within(long span, Rand rand) {
        return cast.start() - 1 - (long) (rand.unit() * span);
    }

    void branches(int accounts) {
        String name = LookAlike.BRANCHES_ONE_CARD.toString();
        Rand rand = cast.rand(name);
        long opened = cast.start() - rand.between(5, 39) * DAY - rand.below((int) DAY);
        long payment = rand.bits() >>> 8 | 1;
        int[] client = {Clients.any(rand)};
        int zone = rand.between(-8, 9) * HOUR;
        Speech speech = cast.form("order", LookAlike.BRANCHES_ONE_CARD, 4, 110);
        Group group = cast.group(LookAlike.BRANCHES_ONE_CARD);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand(name, i);
            Profile who = cast.people().person(name, i, own);
            who.createdAt = opened + own.below(4 * HOUR);
            who.organization = 0;
            who.payment = payment;
            who.networks = new int[] {own.chance(0.5) ? Networks.home(own) : work(own)};
            who.clients = client;
            who.zone = zone;
            Rhythm rhythm = atRandom(Week.OPENING, own.logNormal(25, 0.4), zone);
            cast.enter(new Person(group, who, rhythm, speech, cast.start(), own));
        }
    }

    private static int work(Rand rand) {
        return Networks.any(Kind.WORK, rand);
    }

    /** One at a time, as they come. */
    private static Rhythm atRandom(Week week, double perDay, int zone) {
        return new SessionRhythm(week, perDay, zone, 1, 1, 0.01, 1_000);
    }

    /** All at once or one by one, by day and night or in a nightly run: as the service is. */
    void tenants(int accounts) {
        String name = LookAlike.TENANT_SERVICE.toString();
        Rand rand = cast.rand(name);
        long age = rand.chance(0.5) ? 10 * DAY : 730 * DAY;
        Week week = rand.chance(0.5) ? Week.NIGHTLY : Week.FLAT;
        int[] networks = Networks.several(rand.between(2, 10), Kind.HOSTING, rand);
        int[] client = {Clients.any(rand)};
        long payment = rand.bits() >>> 8 | 1;
        int zone = rand.between(-8, 9) * HOUR;
        Speech speech = cast.form("tenant", LookAlike.TENANT_SERVICE, 10, 200);
        Group group = cast.group(LookAlike.TENANT_SERVICE);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand(name, i);
            Profile who = cast.people().person(name, i, own);
            who.createdAt = within(age, own);
            who.organization = 0;
            who.payment = payment;
            who.networks = networks;
            who.rotating = true;
            who.clients = client;
            who.zone = zone;
            Rhythm rhythm = atRandom(week, own.logNormal(18, 0.5), zone);
            cast.enter(new Person(group, who, rhythm, speech, cast.start(), own));
        }
    }
}
