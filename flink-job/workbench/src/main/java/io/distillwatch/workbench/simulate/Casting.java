package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.Rand;
import io.distillwatch.workbench.simulate.text.Seeds;
import io.distillwatch.workbench.simulate.text.Texts;
import java.util.ArrayList;
import java.util.List;

/** Sets a scenario's actors up and brings them on stage. */
final class Casting implements LookAlikes.Cast {

    private static final double DAY = 86_400_000.0;

    /** Exchanges of an ordinary session, on average: see {@link SessionRhythm#people}. */
    private static final double TURNS = 2.45;

    /**
     * Sigma of the logarithm of ordinary accounts' volume: the top percent sends a sixth of all.
     */
    private static final double VOLUME_SPREAD = 1.3;

    /** Nobody has more sessions a day: beyond, it is a machine. */
    private static final double MOST_SESSIONS = 400;

    /** Share of ordinary accounts that sign up on a day of the run. */
    private static final double NEW_PER_DAY = 0.006;

    private final Scenario scenario;
    private final Texts texts;
    private final Arrivals arrivals;
    private final Models models;
    private final People people;
    private final Speech everyday;
    private final Stage stage;
    private final List<Group> groups = new ArrayList<>();

    Casting(Scenario scenario, Texts texts, Arrivals arrivals) {
        this.scenario = scenario;
        this.texts = texts;
        this.arrivals = arrivals;
        long start = scenario.start().toEpochMilli();
        long end = start + scenario.length().toMillis();
        double release = 0.4 + 0.2 * Rand.of(scenario.seed(), "model release").unit();
        models = new Models(start + (long) ((end - start) * release));
        people = new People(scenario.seed(), start, models, texts.everyday().languages());
        everyday = new EverydaySpeech(texts);
        ExchangeWriter writer =
                new ExchangeWriter(
                        models,
                        texts.everyday(),
                        arrivals,
                        scenario.without(),
                        scenario.maxBytes());
        stage = new Stage(start, end, writer);
    }

    /** Everybody enters; the stage is ready to run. */
    Stage enterAll() {
        ordinaryPeople();
        new LookAlikes(this).enter(scenario.lookAlikes());
        scenario.campaigns().forEach(this::campaign);
        return stage;
    }

    List<Group> groups() {
        return groups;
    }

    Models models() {
        return models;
    }

    private void ordinaryPeople() {
        Group group = group("ordinary", "individual", Group.Role.ORDINARY);
        double days = scenario.length().toMillis() / DAY;
        long seed = seed("ordinary");
        for (int i = 0; i < scenario.ordinary(); i++) {
            Rand rand = new Rand(Seeds.mix(seed, i));
            Profile who = people.person("ordinary", i, rand);
            long from = stage.start;
            if (rand.chance(Math.min(0.5, NEW_PER_DAY * days))) {
                from += (long) (rand.unit() * (stage.end - stage.start));
                who.createdAt = from;
            }
            enter(ordinary(group, who, from, rand));
        }
    }

    @Override
    public Actor ordinary(Group group, Profile who, long from, Rand rand) {
        double median =
                scenario.perDay() / TURNS / StrictMath.exp(VOLUME_SPREAD * VOLUME_SPREAD / 2);
        double sessions = Math.min(MOST_SESSIONS, rand.logNormal(median, VOLUME_SPREAD));
        Rhythm rhythm =
                SessionRhythm.people(arrivals.people(), sessions, who.zone, arrivals.clumping());
        return new Person(group, who, rhythm, everyday, from, rand);
    }

    private void campaign(CampaignPlan plan) {
        long seed = seed("campaign " + plan.name);
        double within = Rand.of(seed, "start").unit();
        long third = (stage.end - stage.start) / 3;
        long delay =
                plan.startsAfter == null ? (long) (third * within) : plan.startsAfter.toMillis();
        long from = stage.start + delay;
        long half = plan.templatesChange ? from + (stage.end - from) / 2 : Long.MAX_VALUE;
        Group group = group(plan.name, "campaign", Group.Role.CAMPAIGN);
        deal(plan, group, new CampaignSpeech(plan, texts, half, seed), from, seed);
    }

    @Override
    public void deal(CampaignPlan plan, Group group, CampaignSpeech speech, long from, long seed) {
        Recruits recruits = new Recruits(plan, people, seed);
        new Dealer(plan, group, recruits, speech, everyday, arrivals, models, from, seed)
                .enter(stage);
    }

    private Group group(String name, String kind, Group.Role role) {
        Group group = new Group(name, kind, role);
        groups.add(group);
        return group;
    }

    @Override
    public Group group(LookAlike kind) {
        return group(kind.toString(), kind.toString(), Group.Role.LOOK_ALIKE);
    }

    @Override
    public void enter(Actor actor) {
        stage.add(actor);
    }

    @Override
    public long seed(String name) {
        return Seeds.of(scenario.seed(), name);
    }

    @Override
    public long start() {
        return stage.start;
    }

    @Override
    public long end() {
        return stage.end;
    }

    @Override
    public Texts texts() {
        return texts;
    }

    @Override
    public People people() {
        return people;
    }

    @Override
    public Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public Speech everyday() {
        return everyday;
    }
}
