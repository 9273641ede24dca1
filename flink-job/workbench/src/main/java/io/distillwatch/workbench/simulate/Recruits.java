package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.CampaignPlan.ClientMix;
import io.distillwatch.workbench.simulate.CampaignPlan.Network;
import io.distillwatch.workbench.simulate.Networks.Kind;
import io.distillwatch.workbench.simulate.text.Rand;
import io.distillwatch.workbench.simulate.text.Seeds;

/** The accounts of one operation: what they share, and what each has of its own. */
final class Recruits {

    private static final long HOUR = 3_600_000L;

    /** Accounts behind one hosting prefix. */
    private static final int PER_HOST = 25;

    /** Accounts paid for with one card. */
    private static final int PER_CARD = 30;

    /** Accounts that are signed up in one go. */
    private static final int PER_SIGN_UP = 40;

    private final CampaignPlan plan;
    private final People people;
    private final long seed;
    private final int[] hosts;
    private final int[] proxies;
    private final int[] programs;
    private long count;

    Recruits(CampaignPlan plan, People people, long seed) {
        this.plan = plan;
        this.people = people;
        this.seed = seed;
        Rand rand = Rand.of(seed, "infrastructure");
        hosts = several(Math.max(3, plan.accounts / PER_HOST), Kind.HOSTING, rand);
        proxies = proxies(Math.max(12, plan.accounts / 3), rand);
        programs = new int[plan.clients == ClientMix.ONE ? 1 : 3];
        for (int i = 0; i < programs.length; i++) {
            programs[i] = Clients.any(rand);
        }
    }

    private static int[] several(int count, Kind kind, Rand rand) {
        int[] networks = new int[count];
        for (int i = 0; i < count; i++) {
            networks[i] = Networks.any(kind, rand);
        }
        return networks;
    }

    /** A commercial proxy's pool: mostly access lines, some hosting, some VPN and mobile. */
    private static int[] proxies(int count, Rand rand) {
        int[] networks = new int[count];
        for (int i = 0; i < count; i++) {
            double u = rand.unit();
            networks[i] =
                    u < 0.6
                            ? Networks.home(rand)
                            : Networks.any(
                                    u < 0.85 ? Kind.HOSTING : u < 0.93 ? Kind.MOBILE : Kind.VPN,
                                    rand);
        }
        return networks;
    }

    /** The next account, in service from this time on. */
    Profile next(long from) {
        long number = count++;
        Rand rand = new Rand(Seeds.mix(seed, number));
        Profile who = people.person("campaign " + plan.name, number, rand);
        who.organization = 0;
        if (!plan.aged) {
            long wave = Seeds.mix(seed, number / PER_SIGN_UP);
            // sign-up sprees on some of the twelve days before, replacements minutes before use
            long before =
                    number < plan.accounts
                            ? 2 * HOUR + Math.floorMod(wave, 12 * 24) * HOUR
                            : rand.below(30) * 60_000L;
            who.createdAt = from - before - rand.below((int) HOUR);
        }
        network(who, number, rand);
        if (plan.clients != ClientMix.POPULATION) {
            who.clients = new int[] {programs[rand.below(programs.length)]};
        }
        who.payment =
                plan.sharedPayments
                        ? Seeds.mix(seed, -1 - number / PER_CARD) >>> 8 | 1
                        : rand.bits() >>> 8 | 1;
        return who;
    }

    private void network(Profile who, long number, Rand rand) {
        boolean hosting =
                plan.network == Network.HOSTING
                        || (plan.network == Network.SPLIT && number % 2 == 0);
        if (plan.network == Network.ROTATING) {
            who.networks = proxies;
            who.rotating = true;
        } else if (hosting) {
            who.networks = new int[] {hosts[(int) (number % hosts.length)]};
        } else {
            who.networks = new int[] {Networks.home(rand)};
        }
    }
}
