package io.distillwatch.workbench.simulate;

import java.util.Arrays;
import java.util.Locale;

/** What looks like a campaign and is none; in every run unless switched off. */
public enum LookAlike {
    /** Thousands of accounts, one system prompt, popular questions, power users. */
    POPULAR_APP(1_000, 0.15),
    /** Everybody pastes their own text into one wrapper. */
    PASTE_APP(300, 0.05),
    /** Runs on a timer for each user on that user's own data: even load, unique bodies. */
    SCHEDULED_APP(300, 0.03),
    /** A company behind two prefixes, office hours, many subjects. */
    ENTERPRISE_NAT(150, 0.02),
    /** Independent people who run the same public benchmark with the same wrapper. */
    BENCHMARK_RESEARCHERS(20, 0.001),
    /** A customer who generates data for its own product: few accounts, one organisation. */
    SYNTHETIC_DATA_CUSTOMER(5, 0),
    /** A class with the same homework and the same deadline. */
    CLASS_HOMEWORK(60, 0.002),
    /** One text that thousands try within a day. */
    VIRAL_PROMPT(600, 0.08),
    /** Customers of mobile carriers behind few prefixes. */
    CARRIER_NAT(400, 0.05),
    /** People behind the exits of one VPN. */
    VPN_EXIT(200, 0.02),
    /** Coding agents: long, many turns, day and night, each on its own work. */
    CODING_AGENTS(100, 0.01),
    /** Resold access: real customers behind shared accounts and proxies. */
    PROXY_RESELLER(60, 0.004),
    /** A popular app that changes its system prompt for everybody at once. */
    APP_RELEASE(500, 0.05),
    /** An evaluation product that many companies use on their own data. */
    JUDGE_APP(120, 0.01),
    /** A tutor with "explain step by step" in its wrapper. */
    TUTORING_APP(400, 0.04),
    /**
     * As the scheduled app, in its vendor's cloud: one client and a few addresses for all users.
     */
    HOSTED_APP(300, 0.03),
    /** In its vendor's cloud too, whenever something happens at a user's; grades what comes in. */
    WEBHOOK_APP(150, 0.015),
    /** Gadgets sold within days: each calls once an hour, at its own minute, from its home. */
    DEVICE_FLEET(150, 0.01),
    /** Shops of one chain: opened within hours on one card, busy as their customers come. */
    BRANCHES_ONE_CARD(120, 0.008),
    /** Keys that a department handed out to a course; idle but before deadlines. */
    UNIVERSITY_KEYS(100, 0.005),
    /** Agents in shifts whose calls are dealt out evenly, on one payment. */
    CALL_CENTRE(100, 0.006),
    /** Colleagues who write turns of one another's conversations. */
    TEAM_THREADS(50, 0.003),
    /** One open-source agent that independent people run on their own mail. */
    MAIL_AGENT(200, 0.012),
    /** A young mobile app without payments that asks at the same three hours. */
    REMINDER_APP(200, 0.012),
    /** A service with an account for each of its customers, one payment and a few addresses. */
    TENANT_SERVICE(150, 0.01);

    private final int floor;
    private final double share;

    LookAlike(int floor, double share) {
        this.floor = floor;
        this.share = share;
    }

    /** Accounts in a run with this many ordinary people, unless configured. */
    int accounts(int ordinary) {
        return Math.max(floor, (int) (share * ordinary));
    }

    /** The name in the truth and on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The look-alike of this name; throws {@link IllegalArgumentException} that lists all. */
    public static LookAlike named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no look-alike '"
                                                + name
                                                + "', known are "
                                                + Arrays.toString(values())));
    }
}
