package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.Networks.Kind;
import io.distillwatch.workbench.simulate.text.Rand;
import java.util.Arrays;

/**
 * How accounts are distributed in an ordinary population: sign-ups, networks, clients, payments.
 */
final class People {

    private static final double DAY = 86_400_000.0;

    /** The service is this old when the run begins. */
    private static final double SERVICE_DAYS = 1_000;

    /** Sign-ups double in about this many days, so that young accounts are the more common ones. */
    private static final double GROWTH_DAYS = 350;

    /** Hours that the time zones of the population are ahead of UTC, by their weight. */
    private static final int[] ZONES = {-8, -6, -5, -5, -5, -3, 0, 1, 1, 1, 1, 2, 2, 3, 5, 8, 8, 9};

    private final long seed;
    private final long start;
    private final Models models;
    private final int languages;

    People(long seed, long start, Models models, int languages) {
        this.seed = seed;
        this.start = start;
        this.models = models;
        this.languages = languages;
    }

    /** An ordinary account; everything about it comes from its own stream. */
    Profile person(String group, long number, Rand rand) {
        Profile who = new Profile(seed, group, number);
        who.createdAt = signUp(rand);
        who.organization = rand.chance(0.18) ? 1 + rand.zipf(4_000) : 0;
        who.payment = rand.chance(0.65) ? rand.bits() >>> 8 | 1 : 0;
        who.networks = networks(rand);
        who.clients = clients(rand);
        who.zone = ZONES[rand.below(ZONES.length)] * 3_600_000;
        who.language = rand.chance(0.62) ? 0 : rand.below(languages);
        who.wholeConversations = rand.chance(0.2);
        models.assign(who, rand);
        return who;
    }

    /** A time of sign-up before the run, more of them recently. */
    long signUp(Rand rand) {
        double days = Math.min(SERVICE_DAYS * rand.unit() + 1, rand.exponential() * GROWTH_DAYS);
        return start - (long) (days * DAY) - rand.below(86_400_000);
    }

    private static int[] networks(Rand rand) {
        int[] networks = new int[3];
        int count = 0;
        double u = rand.unit();
        // developers call from servers, some people live behind a VPN
        if (u < 0.06) {
            networks[count++] = Networks.any(Kind.HOSTING, rand);
        } else if (u < 0.09) {
            networks[count++] = Networks.any(Kind.VPN, rand);
        } else {
            networks[count++] = Networks.home(rand);
        }
        if (rand.chance(0.55)) {
            networks[count++] = Networks.any(Kind.MOBILE, rand);
        }
        if (rand.chance(0.3)) {
            networks[count++] = Networks.network(Kind.WORK, rand.zipf(30_000));
        }
        return Arrays.copyOf(networks, count);
    }

    private static int[] clients(Rand rand) {
        int[] clients = new int[rand.chance(0.6) ? 1 : rand.chance(0.7) ? 2 : 3];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = Clients.any(rand);
        }
        return clients;
    }
}
