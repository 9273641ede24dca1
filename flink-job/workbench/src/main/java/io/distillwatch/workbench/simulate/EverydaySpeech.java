package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.JsonBytes;
import io.distillwatch.workbench.simulate.text.Rand;
import io.distillwatch.workbench.simulate.text.Seeds;
import io.distillwatch.workbench.simulate.text.Texts;

/** Ordinary people: a question, then follow-ups; everybody has subjects that come back. */
final class EverydaySpeech implements Speech {

    /** Share of conversations that are about the account's own favourite subjects. */
    private static final double FAVOURITE = 0.6;

    private final Texts texts;

    EverydaySpeech(Texts texts) {
        this.texts = texts;
    }

    @Override
    public void say(Profile who, long conversation, int turn, JsonBytes out) {
        Rand rand = new Rand(Seeds.mix(conversation, turn));
        if (turn > 0) {
            texts.everyday().followUp(who.language, rand, out);
            return;
        }
        int domain =
                rand.chance(FAVOURITE)
                        ? Seeds.below(who.account + rand.below(2), 9)
                        : rand.below(9);
        texts.question(who.language, domain, rand, out);
    }
}
