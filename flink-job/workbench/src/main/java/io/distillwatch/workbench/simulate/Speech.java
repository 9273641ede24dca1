package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.JsonBytes;

/**
 * What somebody writes. Depends on account, conversation and turn only, so that it can be quoted.
 */
interface Speech {

    /** Appends the user message of this turn of this conversation. */
    void say(Profile who, long conversation, int turn, JsonBytes out);

    /** The system prompt that goes with it, escaped; {@code null} for none. */
    default byte[] system(Profile who, long conversation, long time) {
        return null;
    }

    /** True if the turns of a session are one conversation, false if each stands alone. */
    default boolean converses() {
        return true;
    }

    /** Median length of the answer in tokens. */
    default double answerTokens() {
        return 240;
    }

    /** Spread of the answer's length: sigma of its logarithm. */
    default double answerSpread() {
        return 0.85;
    }
}
