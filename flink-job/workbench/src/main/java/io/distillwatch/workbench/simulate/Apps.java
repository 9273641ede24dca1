package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.AppSpeech.Body;
import io.distillwatch.workbench.simulate.LookAlikes.Cast;
import io.distillwatch.workbench.simulate.Networks.Kind;
import io.distillwatch.workbench.simulate.text.Rand;
import io.distillwatch.workbench.simulate.text.Template;
import io.distillwatch.workbench.simulate.text.TextSource;
import java.util.function.Consumer;

/** Look-alikes that are apps: many accounts, one text in front of what each has to say. */
final class Apps {

    /** Questions in the catalogue of an app; the popular ones come back all the time. */
    private static final int CATALOGUE = 8_000;

    /** Place of the programming domain in the English grammar, whose domains are sorted by name. */
    private static final int CODE = 1;

    private final Cast cast;

    Apps(Cast cast) {
        this.cast = cast;
    }

    void popular(int accounts) {
        Rand rand = cast.rand("popular_app");
        byte[] system = cast.texts().systemPrompt("system", rand);
        Speech speech = AppSpeech.withSystem(system, asked(cast.seed("popular_app"), 0.75));
        users(LookAlike.POPULAR_APP, accounts, speech, cast.arrivals().people(), 1.1);
    }

    void release(int accounts) {
        Rand rand = cast.rand("app_release");
        byte[] before = cast.texts().systemPrompt("system", rand);
        byte[] after = cast.texts().appText("system", rand);
        long span = cast.end() - cast.start();
        long at = cast.start() + (long) (span * (0.3 + 0.4 * rand.unit()));
        Body body = asked(cast.seed("app_release"), 0.6);
        Speech speech = new AppSpeech(before, after, at, null, body, true, 180);
        users(LookAlike.APP_RELEASE, accounts, speech, cast.arrivals().people(), 1.0);
    }

    void tutor(int accounts) {
        Template wrapper = cast.texts().appWrapper("tutor", cast.rand("tutoring_app"));
        Speech speech = AppSpeech.wrapped(wrapper, asked(cast.seed("tutoring_app"), 0.6), 450);
        users(LookAlike.TUTORING_APP, accounts, speech, Week.EVENING, 1.0);
    }

    void paste(int accounts) {
        Template wrapper = cast.texts().appWrapper("paste", cast.rand("paste_app"));
        TextSource documents = cast.texts().documents(cast.seed("paste_app"), 14);
        Speech speech = AppSpeech.wrapped(wrapper, AppSpeech.own(documents), 220);
        users(LookAlike.PASTE_APP, accounts, speech, cast.arrivals().people(), 1.0);
    }

    /** Users of a catalogue: popular questions with this share, questions of their own else. */
    private Body asked(long seed, double popular) {
        TextSource catalogue = cast.texts().catalogue(seed);
        return (who, conversation, turn, rand, out) -> {
            if (turn > 0 && rand.chance(0.5)) {
                cast.texts().everyday().followUp(0, rand, out);
            } else if (rand.chance(popular)) {
                catalogue.write(rand.zipf(CATALOGUE), out);
            } else {
                catalogue.write(CATALOGUE + (rand.bits() >>> 2), out);
            }
        };
    }

    /** Heavy-tailed, organic users of an app, most with the app's own client. */
    private void users(
            LookAlike kind, int accounts, Speech speech, Week week, double medianSessions) {
        Group group = cast.group(kind);
        Rand rand = cast.rand(kind + " clients");
        int[] programs = {Clients.any(rand), Clients.any(rand), Clients.any(rand)};
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand(kind.toString(), i);
            Profile who = cast.people().person(kind.toString(), i, own);
            if (own.chance(0.6)) {
                who.clients = new int[] {programs[own.zipf(programs.length)]};
            }
            double sessions = own.logNormal(medianSessions, 1.2);
            Rhythm rhythm = SessionRhythm.people(week, sessions, who.zone, cast.clumping());
            cast.enter(new Person(group, who, rhythm, speech, cast.start(), own));
        }
    }

    /** Even load and unique bodies, for organic users with unlike clients and payments. */
    void scheduled(int accounts) {
        onTimers(LookAlike.SCHEDULED_APP, accounts, who -> {});
    }

    /** The same from the addresses and by the client of the vendor. */
    void hosted(int accounts) {
        onTimers(LookAlike.HOSTED_APP, accounts, cloud(LookAlike.HOSTED_APP));
    }

    private void onTimers(LookAlike kind, int accounts, Consumer<Profile> place) {
        String name = kind.toString();
        Rand rand = cast.rand(name);
        Template wrapper = cast.texts().appWrapper("schedule", rand);
        TextSource documents = cast.texts().documents(cast.seed(name), 8);
        Speech speech = AppSpeech.wrapped(wrapper, AppSpeech.own(documents), 200);
        int[] minutes = {
            6 * 60 + rand.below(120), 12 * 60 + rand.below(60), 18 * 60 + rand.below(180)
        };
        Group group = cast.group(kind);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand(name, i);
            Profile who = cast.people().person(name, i, own);
            place.accept(who);
            Rhythm rhythm = ScheduledRhythm.timer(minutes, who.zone);
            cast.enter(new Person(group, who, rhythm, speech, cast.start(), own));
        }
    }

    /** Whatever comes in at large and small users, one at a time, day and night. */
    void webhook(int accounts) {
        String name = LookAlike.WEBHOOK_APP.toString();
        Template wrapper = cast.texts().appWrapper("judge", cast.rand(name));
        TextSource documents = cast.texts().documents(cast.seed(name), 10);
        Speech speech = AppSpeech.wrapped(wrapper, AppSpeech.own(documents), 150);
        Group group = cast.group(LookAlike.WEBHOOK_APP);
        Consumer<Profile> place = cloud(LookAlike.WEBHOOK_APP);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand(name, i);
            Profile who = cast.people().person(name, i, own);
            place.accept(who);
            double perDay = own.logNormal(8, 1.2);
            Rhythm rhythm = new SessionRhythm(Week.FLAT, perDay, 0, 1, 1, 0.01, 1_000);
            cast.enter(new Person(group, who, rhythm, speech, cast.start(), own));
        }
    }

    private Consumer<Profile> cloud(LookAlike kind) {
        Rand rand = cast.rand(kind + " cloud");
        int[] networks = Networks.several(4, Kind.HOSTING, rand);
        int[] client = {Clients.any(rand)};
        return who -> {
            who.networks = networks;
            who.clients = client;
        };
    }

    /** Companies that grade the answers of their own products: runs of some dozens of requests. */
    void judge(int accounts) {
        Template wrapper = cast.texts().appWrapper("judge", cast.rand("judge_app"));
        TextSource documents = cast.texts().documents(cast.seed("judge_app"), 10);
        Speech speech = AppSpeech.wrapped(wrapper, AppSpeech.own(documents), 120);
        Group group = cast.group(LookAlike.JUDGE_APP);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand("judge_app", i);
            Profile who = cast.people().person("judge_app", i, own);
            who.organization = 200_000L + i;
            who.payment = own.bits() >>> 8 | 1;
            who.networks =
                    new int[] {Networks.any(own.chance(0.5) ? Kind.HOSTING : Kind.WORK, own)};
            double runs = own.logNormal(0.7, 0.9);
            Week week = own.chance(0.4) ? Week.FLAT : Week.OFFICE;
            Rhythm rhythm = new SessionRhythm(week, runs, who.zone, 1.5, 12, 1.1, 3_000);
            cast.enter(new Person(group, who, rhythm, speech, cast.start(), own));
        }
    }

    /** Independent people, one finite set of questions, everybody runs the same ones. */
    void benchmark(int accounts) {
        Rand rand = cast.rand("benchmark_researchers");
        Template wrapper = cast.texts().appWrapper("benchmark", rand);
        TextSource questions = cast.texts().harvest(cast.seed("benchmark_researchers"), -1);
        int size = rand.between(400, 900);
        Group group = cast.group(LookAlike.BENCHMARK_RESEARCHERS);
        Body body = (who, conversation, turn, r, out) -> questions.write(turn % size, out);
        Speech speech = AppSpeech.wrapped(wrapper, body, 350);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand("benchmark_researchers", i);
            Profile who = cast.people().person("benchmark_researchers", i, own);
            who.networks =
                    new int[] {Networks.any(own.chance(0.5) ? Kind.HOSTING : Kind.WORK, own)};
            int done = own.chance(0.6) ? size : size / 5;
            Rhythm rhythm = new SessionRhythm(Week.FLAT, 0.45, 0, 1, done, 0.02, 4_000);
            cast.enter(new Person(group, who, rhythm, speech, cast.start(), own));
        }
    }

    /** One organisation, few accounts, one network and card, a great deal of its own data. */
    void synthetic(int accounts) {
        Rand rand = cast.rand("synthetic_data_customer");
        Template wrapper = cast.texts().appWrapper("synthetic", rand);
        TextSource documents = cast.texts().documents(cast.seed("synthetic_data_customer"), 3);
        Speech speech = AppSpeech.wrapped(wrapper, AppSpeech.own(documents), 600);
        int[] network = {Networks.any(Kind.HOSTING, rand)};
        int[] client = {Clients.any(rand)};
        long payment = rand.bits() >>> 8 | 1;
        Group group = cast.group(LookAlike.SYNTHETIC_DATA_CUSTOMER);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand("synthetic_data_customer", i);
            Profile who = cast.people().person("synthetic_data_customer", i, own);
            who.organization = 300_000;
            who.networks = network;
            who.clients = client;
            who.payment = payment;
            double perDay = own.logNormal(700, 0.5);
            Rhythm rhythm = new SessionRhythm(Week.FLAT, perDay, 0, 1, 1, 0.01, 1_000);
            cast.enter(new Person(group, who, rhythm, speech, cast.start(), own));
        }
    }

    /** Agents: a task, then what their tools say, for dozens of turns. */
    void agents(int accounts) {
        byte[] system = cast.texts().systemPrompt("agent", cast.rand("coding_agents"));
        Body body =
                (who, conversation, turn, rand, out) -> {
                    int language = who.language;
                    if (turn == 0) {
                        cast.texts().everyday().passage(language, CODE, 3, rand, out);
                    } else if (rand.chance(0.15)) {
                        cast.texts().everyday().followUp(language, rand, out);
                    } else {
                        int lines = 4 + rand.below(24);
                        cast.texts().everyday().prose(0, CODE, lines, rand, out);
                    }
                };
        Speech speech = new AppSpeech(system, system, Long.MAX_VALUE, null, body, true, 320);
        Group group = cast.group(LookAlike.CODING_AGENTS);
        for (int i = 0; i < accounts; i++) {
            Rand own = cast.rand("coding_agents", i);
            Profile who = cast.people().person("coding_agents", i, own);
            who.wholeConversations = own.chance(0.5);
            Week week = own.chance(0.5) ? Week.FLAT : cast.arrivals().people();
            double runs = own.logNormal(1.3, 1.0);
            Rhythm rhythm = new SessionRhythm(week, runs, who.zone, 1.6, 18, 0.9, 14_000);
            cast.enter(new Person(group, who, rhythm, speech, cast.start(), own));
        }
    }

    /** Requests of other people over shared accounts and proxies. */
    void reseller(int accounts) {
        CampaignPlan plan =
                CampaignPlan.named("proxy_reseller")
                        .accounts(accounts)
                        .perDay(90)
                        .wording(CampaignPlan.Wording.CUSTOMERS)
                        .replacedPerDay(0.08)
                        .clients(CampaignPlan.ClientMix.FEW)
                        .humanHours();
        long seed = cast.seed("proxy_reseller");
        CampaignSpeech speech = new CampaignSpeech(plan, cast.texts(), Long.MAX_VALUE, seed);
        cast.deal(plan, cast.group(LookAlike.PROXY_RESELLER), speech, cast.start(), seed);
    }
}
