package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.JsonBytes;
import io.distillwatch.workbench.simulate.text.Rand;
import io.distillwatch.workbench.simulate.text.Seeds;
import io.distillwatch.workbench.simulate.text.Template;
import io.distillwatch.workbench.simulate.text.TextSource;

/**
 * Users of one app: the app puts its system prompt before, or its wrapper around, what they say.
 *
 * @param system what the app sends as system prompt, escaped; {@code null} for none
 * @param laterSystem what it sends from {@code changesAt} on
 * @param changesAt epoch milliseconds of the app's release; {@link Long#MAX_VALUE} for none
 * @param wrapper put around every body; {@code null} for none
 * @param converses whether the turns of a session are one conversation
 */
@SuppressWarnings("ArrayRecordComponent") // immutable by convention, never compared
record AppSpeech(
        byte[] system,
        byte[] laterSystem,
        long changesAt,
        Template wrapper,
        Body body,
        boolean converses,
        double answerTokens)
        implements Speech {

    /** The part that is the user's own. */
    interface Body {
        void write(Profile who, long conversation, int turn, Rand rand, JsonBytes out);
    }

    /** Another document each time. */
    static Body own(TextSource documents) {
        return (who, conversation, turn, rand, out) -> documents.write(rand.bits() >>> 1, out);
    }

    static AppSpeech withSystem(byte[] system, Body body) {
        return new AppSpeech(system, system, Long.MAX_VALUE, null, body, true, 180);
    }

    static AppSpeech wrapped(Template wrapper, Body body, double answerTokens) {
        return new AppSpeech(null, null, Long.MAX_VALUE, wrapper, body, false, answerTokens);
    }

    @Override
    public void say(Profile who, long conversation, int turn, JsonBytes out) {
        Rand rand = new Rand(Seeds.mix(conversation, turn));
        if (wrapper == null) {
            body.write(who, conversation, turn, rand, out);
        } else {
            wrapper.write((item, text) -> body.write(who, conversation, turn, rand, text), 0, out);
        }
    }

    @Override
    public byte[] system(Profile who, long conversation, long time) {
        return time >= changesAt ? laterSystem : system;
    }
}
