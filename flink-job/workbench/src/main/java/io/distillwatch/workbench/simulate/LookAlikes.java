package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.Rand;
import io.distillwatch.workbench.simulate.text.Template;
import io.distillwatch.workbench.simulate.text.TextSource;
import io.distillwatch.workbench.simulate.text.Texts;
import java.util.Map;

/** Brings the look-alikes of a run on stage. */
final class LookAlikes {

    /** What a look-alike is cast from: the same for all, with a stream of its own for each. */
    interface Cast {
        Texts texts();

        People people();

        Arrivals arrivals();

        Speech everyday();

        /** Epoch milliseconds. */
        long start();

        /** Epoch milliseconds. */
        long end();

        /** A seed of this name. */
        long seed(String name);

        Group group(LookAlike kind);

        void enter(Actor actor);

        /** Somebody with an ordinary person's volume, rhythm and subjects. */
        Actor ordinary(Group group, Profile who, long from, Rand rand);

        void deal(CampaignPlan plan, Group group, CampaignSpeech speech, long from, long seed);

        default double clumping() {
            return arrivals().clumping();
        }

        /** The stream of something that the look-alike has once. */
        default Rand rand(String name) {
            return new Rand(seed(name));
        }

        /** The stream of one account. */
        default Rand rand(String name, int number) {
            return new Rand(seed(name + '#' + number));
        }

        /** A wrapper of this kind around documents of each user's own. */
        default Speech form(String kind, LookAlike app, int sentences, double answerTokens) {
            Template wrapper = texts().appWrapper(kind, rand(app + " wrapper"));
            TextSource documents = texts().documents(seed(app + " documents"), sentences);
            return AppSpeech.wrapped(wrapper, AppSpeech.own(documents), answerTokens);
        }
    }

    private final Apps apps;
    private final Crowd crowd;
    private final Fleets fleets;
    private final Teams teams;
    private final Assistants assistants;

    LookAlikes(Cast cast) {
        apps = new Apps(cast);
        crowd = new Crowd(cast);
        fleets = new Fleets(cast);
        teams = new Teams(cast);
        assistants = new Assistants(cast);
    }

    /** All of them, with this many accounts each; 0 leaves one out. */
    void enter(Map<LookAlike, Integer> sizes) {
        for (LookAlike kind : LookAlike.values()) {
            int accounts = sizes.get(kind);
            if (accounts > 0) {
                enter(kind, accounts);
            }
        }
    }

    private void enter(LookAlike kind, int accounts) {
        switch (kind) {
            case POPULAR_APP -> apps.popular(accounts);
            case PASTE_APP -> apps.paste(accounts);
            case SCHEDULED_APP -> apps.scheduled(accounts);
            case ENTERPRISE_NAT -> crowd.enterprise(accounts);
            case BENCHMARK_RESEARCHERS -> apps.benchmark(accounts);
            case SYNTHETIC_DATA_CUSTOMER -> apps.synthetic(accounts);
            case CLASS_HOMEWORK -> crowd.homework(accounts);
            case VIRAL_PROMPT -> crowd.viral(accounts);
            case CARRIER_NAT -> crowd.carrier(accounts);
            case VPN_EXIT -> crowd.vpn(accounts);
            case CODING_AGENTS -> apps.agents(accounts);
            case PROXY_RESELLER -> apps.reseller(accounts);
            case APP_RELEASE -> apps.release(accounts);
            case JUDGE_APP -> apps.judge(accounts);
            case TUTORING_APP -> apps.tutor(accounts);
            case HOSTED_APP -> apps.hosted(accounts);
            case WEBHOOK_APP -> apps.webhook(accounts);
            case DEVICE_FLEET -> fleets.devices(accounts);
            case BRANCHES_ONE_CARD -> fleets.branches(accounts);
            case UNIVERSITY_KEYS -> teams.course(accounts);
            case CALL_CENTRE -> teams.callCentre(accounts);
            case TEAM_THREADS -> teams.threads(accounts);
            case MAIL_AGENT -> assistants.mail(accounts);
            case REMINDER_APP -> assistants.reminders(accounts);
            case TENANT_SERVICE -> fleets.tenants(accounts);
        }
    }
}
