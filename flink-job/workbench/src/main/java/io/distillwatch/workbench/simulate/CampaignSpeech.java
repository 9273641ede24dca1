package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.CampaignPlan.Wording;
import io.distillwatch.workbench.simulate.text.JsonBytes;
import io.distillwatch.workbench.simulate.text.Rand;
import io.distillwatch.workbench.simulate.text.Seeds;
import io.distillwatch.workbench.simulate.text.Template;
import io.distillwatch.workbench.simulate.text.TextSource;
import io.distillwatch.workbench.simulate.text.Texts;
import java.util.List;
import java.util.stream.IntStream;

/** Words the items of a harvest. The dealer says which item is next. */
final class CampaignSpeech implements Speech {

    private final CampaignPlan plan;
    private final Texts texts;
    private final TextSource items;
    private final List<Template> first;
    private final List<Template> later;
    private final long changesAt;
    private final Speech customers;
    private final long seed;
    private long item;
    private boolean customer;
    private long now;

    /**
     * @param changesAt epoch milliseconds from which other wrappers are used
     * @param seed the campaign's own
     */
    CampaignSpeech(CampaignPlan plan, Texts texts, long changesAt, long seed) {
        this.plan = plan;
        this.texts = texts;
        this.changesAt = changesAt;
        this.seed = seed;
        items = texts.harvest(Seeds.of(seed, "items"), plan.subject);
        first = wrappers(Rand.of(seed, "wrappers"));
        later = wrappers(Rand.of(seed, "later wrappers"));
        customers = new EverydaySpeech(texts);
    }

    private List<Template> wrappers(Rand rand) {
        return IntStream.range(0, plan.templates).mapToObj(i -> texts.wrapper(rand)).toList();
    }

    void prepare(long nextItem, boolean forCustomer, long time) {
        item = nextItem;
        customer = forCustomer;
        now = time;
    }

    @Override
    public void say(Profile who, long conversation, int turn, JsonBytes out) {
        if (customer) {
            customers.say(who, conversation, turn, out);
            return;
        }
        Rand rand = new Rand(Seeds.mix(Seeds.mix(seed, item), conversation));
        if (plan.wording == Wording.NATURAL) {
            items.write(item, out);
        } else if (plan.wording == Wording.REWRITE) {
            texts.rewritten(items, item, rand, out);
        } else {
            Template wrapper = rand.pick(now >= changesAt ? later : first);
            if (plan.substitution > 0) {
                wrapper.writeSubstituted(items, item, plan.substitution, texts.words(), rand, out);
            } else {
                wrapper.write(items, item, out);
            }
        }
    }

    @Override
    public boolean converses() {
        return true;
    }

    @Override
    public double answerTokens() {
        return customer ? 240 : 700;
    }

    @Override
    public double answerSpread() {
        return customer ? 0.85 : 0.45;
    }
}
