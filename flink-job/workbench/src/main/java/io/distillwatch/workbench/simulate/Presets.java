package io.distillwatch.workbench.simulate;

import static io.distillwatch.workbench.simulate.CampaignPlan.named;

import io.distillwatch.workbench.simulate.CampaignPlan.ClientMix;
import io.distillwatch.workbench.simulate.CampaignPlan.Dealing;
import io.distillwatch.workbench.simulate.CampaignPlan.Network;
import io.distillwatch.workbench.simulate.CampaignPlan.Wording;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The scenarios by name: what is planted, apart from the look-alikes that are always there. */
public final class Presets {

    private static final Map<String, Supplier<List<CampaignPlan>>> ALL = new LinkedHashMap<>();

    static {
        one("reference", () -> named("reference").accounts(2_500).templates(4));
        one(
                "hosting300",
                () -> named("hosting300").network(Network.HOSTING).dealing(Dealing.ROUND_ROBIN));
        one(
                "residential600",
                () ->
                        named("residential600")
                                .accounts(600)
                                .network(Network.RESIDENTIAL)
                                .aged()
                                .ownPayments()
                                .clients(ClientMix.POPULATION)
                                .dealing(Dealing.POISSON));
        one("cover250half", () -> named("cover250half").accounts(250).cover(0.5));
        one("cover400heavy", () -> named("cover400heavy").accounts(400).cover(0.8));
        one(
                "churn150",
                () -> named("churn150").accounts(150).dealing(Dealing.UNIFORM).replacedPerDay(0.3));
        one("subst10", () -> named("subst10").accounts(400).substitution(0.1));
        one("subst20", () -> named("subst20").accounts(400).substitution(0.2));
        one("subst30", () -> named("subst30").accounts(400).substitution(0.3));
        one(
                "slow800",
                () ->
                        named("slow800")
                                .accounts(800)
                                .perDay(5)
                                .humanHours()
                                .dealing(Dealing.POISSON));
        one("rewrite400", () -> named("rewrite400").accounts(400).wording(Wording.REWRITE));
        one(
                "natural400",
                () ->
                        named("natural400")
                                .accounts(400)
                                .dealing(Dealing.POISSON)
                                .wording(Wording.NATURAL));
        one(
                "change_pivot",
                () ->
                        named("change_pivot")
                                .dealing(Dealing.ROUND_ROBIN)
                                .templatesChange()
                                .pivots());
        one("small30", () -> named("small30").accounts(30).dealing(Dealing.UNIFORM).templates(1));
        ALL.put("none", List::of);
        ALL.put(
                "two_unrelated",
                () ->
                        List.of(
                                named("unrelated_a").subject(0).network(Network.HOSTING),
                                named("unrelated_b")
                                        .subject(1)
                                        .accounts(250)
                                        .network(Network.RESIDENTIAL)
                                        .ownPayments()
                                        .aged()
                                        .clients(ClientMix.POPULATION)
                                        .dealing(Dealing.UNIFORM)));
        one(
                "two_waves",
                () -> named("two_waves").pauses(Duration.ofHours(14), Duration.ofHours(30)));
        one("res_and_hosting", () -> named("res_and_hosting").accounts(400).network(Network.SPLIT));
        one(
                "reseller_hidden",
                () ->
                        named("reseller_hidden")
                                .accounts(200)
                                .perDay(60)
                                .customers(0.7)
                                .replacedPerDay(0.08));
        one(
                "uneven300",
                () -> named("uneven300").dealing(Dealing.UNIFORM).unevenness(0.8).burst(3));
        one("dealt_thrice", () -> named("dealt_thrice").timesDealt(3).burst(5));
    }

    private Presets() {}

    private static void one(String name, Supplier<CampaignPlan> plan) {
        ALL.put(name, () -> List.of(plan.get()));
    }

    /** Names of all scenarios, in the order of the documentation. */
    public static Set<String> names() {
        return ALL.keySet();
    }

    /**
     * The campaigns of a scenario.
     *
     * @throws IllegalArgumentException for an unknown name, listing the known ones
     */
    public static List<CampaignPlan> of(String scenario) {
        Supplier<List<CampaignPlan>> plans = ALL.get(scenario);
        if (plans == null) {
            throw new IllegalArgumentException(
                    "no scenario '" + scenario + "', known are " + names());
        }
        return plans.get();
    }
}
