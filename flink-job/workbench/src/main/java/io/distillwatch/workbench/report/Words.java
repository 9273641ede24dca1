package io.distillwatch.workbench.report;

import java.util.Locale;
import java.util.Map;

/** Says in plain words what the outputs say in terms. */
public final class Words {

    /**
     * @param title what the statistic says of a campaign, a few words
     * @param meaning one sentence: what is measured and why it tells campaigns apart
     */
    public record Signal(String title, String meaning) {}

    private static final Map<String, Signal> SIGNALS =
            Map.ofEntries(
                    signal(
                            "work_partition",
                            "the work is dealt out",
                            "How rarely two accounts send the same text, beside what chance gives. People"
                                    + " who share an app repeat its popular questions."),
                    signal(
                            "content_entropy",
                            "a narrow form, filled with ever new content",
                            "How much of a prompt its first words leave open, of all that could be open. A form"
                                    + " that is filled from a list leaves everything open; beside it stands ordinary traffic."),
                    signal(
                            "load_evenness",
                            "load is even",
                            "Spread of exchanges an account, beside its mean. Dealing in turn makes accounts"
                                    + " alike; people differ a hundredfold."),
                    signal(
                            "sessionless_gaps",
                            "accounts do not work in sessions",
                            "Share of short pauses within an account. People ask in bursts, a queue is worked"
                                    + " off at its own pace."),
                    signal(
                            "flat_rhythm",
                            "activity is flat over day and night",
                            "Unevenness of activity over the hours. People sleep."),
                    signal(
                            "dispatched_timing",
                            "even load at irregular times, as a dispatcher gives",
                            "Unevenness of the gaps of an account: 0 for a timer, 1 by chance. People are"
                                    + " irregular and uneven, timers regular and even."),
                    signal(
                            "steady_stream",
                            "all accounts together send at a steady rate",
                            "Variance of the group's exchanges every five minutes, over their mean: 1 for"
                                    + " accounts that know nothing of one another, near 0 where one hand sends."),
                    signal(
                            "co_activation",
                            "accounts stop and start together",
                            "Share of half-hours in which nobody of the group does anything while at least eight"
                                    + " exchanges were due, and after which the same accounts go on."),
                    signal(
                            "model_pivot",
                            "the group moved to a new model together",
                            "Share of newly released models in the exchanges of the last day; people take one up"
                                    + " by and by."),
                    signal(
                            "session_shape",
                            "one question, one answer of the usual length",
                            "Probability that two exchanges are both of a single turn with answers of about the"
                                    + " same length. Alone it proves nothing."),
                    signal(
                            "conserved_under_churn",
                            "accounts are replaced and the rate stays",
                            "Accounts that fall silent are followed by new ones that carry on their share."),
                    signal(
                            "hand_off",
                            "conversations go on under other accounts",
                            "Share of conversations seen on more than one account; of people, next to none."),
                    signal(
                            "elicitation",
                            "it asks for what teaches a model",
                            "Share of exchanges that ask for reasoning, grading, traces or tasks."),
                    signal(
                            "distribution_shift",
                            "lengths are unlike those of ordinary traffic",
                            "Distance between the lengths of prompts and answers of the group and those of all"
                                    + " traffic; beside it the distance of random groups."),
                    signal(
                            "shared_payment",
                            "accounts share payment",
                            "Share of accounts whose means of payment another one of the group has."),
                    signal(
                            "client_concentration",
                            "one client software throughout",
                            "Probability that two accounts of the group have the same client."),
                    signal(
                            "prefix_concentration",
                            "accounts crowd behind the same prefixes",
                            "Probability that two accounts of the group call from the same address prefix."),
                    signal(
                            "prefix_rotation",
                            "addresses are used as by proxies",
                            "Prefixes an account uses for its exchanges: far more than people have, or exactly"
                                    + " one."),
                    signal(
                            "birth_clustering",
                            "accounts were made together",
                            "Largest share of the accounts that were created within one week."),
                    signal(
                            "onset_clustering",
                            "accounts began together",
                            "Share of the accounts that joined in the group's first hours."));

    private static final Map<String, String> LOOK_ALIKES =
            Map.ofEntries(
                    Map.entry(
                            "popular_app",
                            "One system prompt on thousands of accounts; but popular questions come back,"
                                    + " some use it all day, and it sleeps at night."),
                    Map.entry(
                            "paste_app",
                            "One wrapper around everybody's own text; but people differ in how much they"
                                    + " paste, and when."),
                    Map.entry(
                            "scheduled_app",
                            "Even load and texts of its own on every account; but nobody is replaced, and"
                                    + " nothing is asked that teaches a model."),
                    Map.entry(
                            "hosted_app",
                            "The same from the few addresses of its vendor's cloud; but each user pays,"
                                    + " signed up when they liked, and it keeps to the clock."),
                    Map.entry(
                            "webhook_app",
                            "Grades what comes in, day and night, from its vendor's cloud; but at large"
                                    + " and small users."),
                    Map.entry(
                            "device_fleet",
                            "Made within days, even and round the clock; but each calls at its own"
                                    + " minute from its own home."),
                    Map.entry(
                            "branches_one_card",
                            "Opened within hours on one card; but they sell as customers come, while"
                                    + " they are open."),
                    Map.entry(
                            "university_keys",
                            "Keys of one afternoon that ask for steps; but on one campus, and only"
                                    + " before deadlines."),
                    Map.entry(
                            "call_centre",
                            "Calls dealt out evenly on one payment; but in shifts, with days off, at a"
                                    + " few sites."),
                    Map.entry(
                            "team_threads",
                            "Several accounts in one conversation; but of one organisation, in office hours."),
                    Map.entry(
                            "mail_agent",
                            "One wrapper that asks for reasons; but everybody pays, and mail comes unevenly."),
                    Map.entry(
                            "reminder_app",
                            "Young, unpaid and even; but a clock calls all of them at the same three hours."),
                    Map.entry(
                            "tenant_service",
                            "One payer, one client, few addresses; but customers differ, and nobody is"
                                    + " replaced."),
                    Map.entry(
                            "enterprise_nat",
                            "Many accounts behind two prefixes; but of many subjects, in office hours."),
                    Map.entry(
                            "benchmark_researchers",
                            "Narrow and automated; but everybody runs the same finite set."),
                    Map.entry(
                            "synthetic_data_customer",
                            "Harvests like a campaign; but on few accounts of one organisation."),
                    Map.entry(
                            "class_homework",
                            "The same text on the same evening; but the same text."),
                    Map.entry("viral_prompt", "One text on hundreds of accounts; but one text."),
                    Map.entry(
                            "carrier_nat",
                            "Hundreds of accounts behind a prefix; and nothing else."),
                    Map.entry("vpn_exit", "Rotating addresses; and nothing else."),
                    Map.entry(
                            "coding_agents",
                            "Day and night, long and automated; but each on its own work, in long"
                                    + " conversations."),
                    Map.entry(
                            "proxy_reseller",
                            "Shared accounts and proxies; but customers with subjects of their own."),
                    Map.entry(
                            "app_release",
                            "A new system prompt for everybody at once; but the same people as before."),
                    Map.entry(
                            "judge_app",
                            "Grades answers, as a harvest does; but for companies on their own data."),
                    Map.entry(
                            "tutoring_app",
                            "Asks for steps, as a harvest does; but pupils ask the same, after school."));

    private Words() {}

    /** What a signal is called for a reader; its own name where it is not known here. */
    public static Signal signal(String name) {
        Signal known = SIGNALS.get(name);
        return known != null ? known : new Signal(name.replace('_', ' '), "");
    }

    /** Why a kind of look-alike looks like a campaign, and what tells it apart. */
    static String lookAlike(String kind) {
        return LOOK_ALIKES.getOrDefault(kind, "");
    }

    /** A number with three digits that matter. */
    public static String number(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(
                Locale.ROOT, size >= 10 ? "%.1f" : size >= 0.01 ? "%.2f" : "%.4f", value);
    }

    private static Map.Entry<String, Signal> signal(String name, String title, String meaning) {
        return Map.entry(name, new Signal(title, meaning));
    }
}
