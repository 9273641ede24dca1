package io.distillwatch.workbench.simulate;

import java.time.Duration;

/**
 * A harvest, as attributes that combine freely. Built from {@link #named(String)} by the {@code
 * with…} methods; every preset is a few lines of them.
 */
public final class CampaignPlan {

    /** Who gets the next item of the queue. */
    public enum Dealing {
        /** In turn, at even intervals. */
        ROUND_ROBIN,
        /** Everybody once a round, in another order each round, at uneven intervals. */
        JITTERED,
        /** Anybody, at even intervals. */
        UNIFORM,
        /** Anybody, at random intervals. */
        POISSON
    }

    /** What stands around an item. */
    public enum Wording {
        /** Constant wrappers. */
        TEMPLATE,
        /** A wrapper worded anew each time. */
        REWRITE,
        /** The item alone, a natural question. */
        NATURAL,
        /** No item: other people's requests, passed on. */
        CUSTOMERS
    }

    /** Where the accounts call from. */
    public enum Network {
        /** Hosting prefixes, about 25 accounts each. */
        HOSTING,
        /** One access line for each account. */
        RESIDENTIAL,
        /** Proxies of all kinds, another one for each exchange. */
        ROTATING,
        /** Half of the accounts hosting, half residential. */
        SPLIT
    }

    /** What the accounts call with. */
    public enum ClientMix {
        ONE,
        FEW,
        POPULATION
    }

    final String name;
    int accounts = 300;
    double perDay = 25.6;
    Dealing dealing = Dealing.JITTERED;
    boolean humanHours;
    Wording wording = Wording.TEMPLATE;
    int templates = 2;
    double substitution;
    double cover;
    double customers;
    Network network = Network.ROTATING;
    ClientMix clients = ClientMix.FEW;
    boolean sharedPayments = true;
    boolean aged;
    double replacedPerDay;
    int timesDealt = 1;
    int burst = 1;
    double unevenness;
    boolean templatesChange;
    boolean pivots;
    Duration startsAfter;
    Duration pauseAfter;
    Duration pause = Duration.ZERO;
    int subject = -1;

    private CampaignPlan(String name) {
        this.name = name;
    }

    /** A plan with defaults: 300 accounts, 25.6 exchanges a day each, rotating proxies. */
    public static CampaignPlan named(String name) {
        return new CampaignPlan(name);
    }

    /** Accounts at the same time, at least 1. */
    public CampaignPlan accounts(int count) {
        accounts = positive("accounts", count);
        return this;
    }

    /** Exchanges an account and day, cover included. */
    public CampaignPlan perDay(double exchanges) {
        if (!(exchanges > 0)) {
            throw new IllegalArgumentException("perDay: " + exchanges + " is not above 0");
        }
        perDay = exchanges;
        return this;
    }

    public CampaignPlan dealing(Dealing how) {
        dealing = how;
        return this;
    }

    /** Items go out over the day as people do, instead of day and night alike. */
    public CampaignPlan humanHours() {
        humanHours = true;
        return this;
    }

    public CampaignPlan wording(Wording how) {
        wording = how;
        return this;
    }

    /** Number of wrappers in use at a time. */
    public CampaignPlan templates(int count) {
        templates = positive("templates", count);
        return this;
    }

    /** Each word of a wrapper is replaced with this probability, anew each time. */
    public CampaignPlan substitution(double q) {
        substitution = share("substitution", q);
        return this;
    }

    /** Share of the accounts' exchanges that is innocent. */
    public CampaignPlan cover(double share) {
        cover = share("cover", share);
        return this;
    }

    /**
     * Share of what is dealt out that is other people's requests: a reseller with a harvest in it.
     */
    public CampaignPlan customers(double share) {
        customers = share("customers", share);
        return this;
    }

    public CampaignPlan network(Network where) {
        network = where;
        return this;
    }

    public CampaignPlan clients(ClientMix mix) {
        clients = mix;
        return this;
    }

    /** Every account pays with something of its own, instead of about 30 sharing a card. */
    public CampaignPlan ownPayments() {
        sharedPayments = false;
        return this;
    }

    /** Accounts signed up like ordinary ones, instead of in bursts before the start. */
    public CampaignPlan aged() {
        aged = true;
        return this;
    }

    /** Share of the accounts that are banned each day and replaced within minutes to hours. */
    public CampaignPlan replacedPerDay(double share) {
        replacedPerDay = share("replacedPerDay", share);
        return this;
    }

    /** Each item is dealt out exactly this many times. */
    public CampaignPlan timesDealt(int times) {
        timesDealt = positive("timesDealt", times);
        return this;
    }

    /** Items that an account works off in a row. */
    public CampaignPlan burst(int items) {
        burst = positive("burst", items);
        return this;
    }

    /**
     * Accounts get unequal shares of the queue: sigma of the logarithm of their weights, 0 for
     * equal ones. Only with {@link Dealing#UNIFORM} or {@link Dealing#POISSON}.
     */
    public CampaignPlan unevenness(double sigma) {
        if (!(sigma >= 0 && sigma <= 2)) {
            throw new IllegalArgumentException("unevenness: " + sigma + " is not in 0 to 2");
        }
        unevenness = sigma;
        return this;
    }

    /** All wrappers are replaced half-way. */
    public CampaignPlan templatesChange() {
        templatesChange = true;
        return this;
    }

    /** Moves to the new model within a day of its release. */
    public CampaignPlan pivots() {
        pivots = true;
        return this;
    }

    /** Starts this long after the run, instead of at random within its first third. */
    public CampaignPlan startsAfter(Duration delay) {
        startsAfter = delay;
        return this;
    }

    /** Falls silent this long after its start, for this long. */
    public CampaignPlan pauses(Duration after, Duration length) {
        pauseAfter = after;
        pause = length;
        return this;
    }

    /** Goes after this subject (0, 1, …), which no campaign of another one touches. */
    public CampaignPlan subject(int number) {
        subject = number;
        return this;
    }

    private static int positive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + ": " + value + " is not at least 1");
        }
        return value;
    }

    private static double share(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(what + ": " + value + " is not in 0 to 1");
        }
        return value;
    }
}
