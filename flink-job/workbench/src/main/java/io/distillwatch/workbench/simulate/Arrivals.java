package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.Rand;

/**
 * When requests come and how long answers are, in the large: from laws, or from traces of a real
 * service where given.
 *
 * @param people the week's curve of ordinary people
 * @param clumping coefficient of variation of the time between sessions, 1 for Poisson
 * @param answers lengths of answers seen in a trace, in tokens; empty for a lognormal law
 * @param answerMedian median of {@code answers}
 */
@SuppressWarnings("ArrayRecordComponent") // immutable by convention, never compared
record Arrivals(Week people, double clumping, int[] answers, double answerMedian) {

    private static final int LONGEST_ANSWER = 32_000;

    /** Laws only. */
    static Arrivals own() {
        return new Arrivals(Week.PEOPLE, 1.3, new int[0], 1);
    }

    /** Length of an answer to this kind of question. */
    long answerTokens(Speech speech, Rand rand) {
        double tokens;
        if (answers.length > 0 && speech.answerSpread() > 0.6) {
            // the trace gives the shape, the kind of question the scale
            int seen = answers[rand.below(answers.length)];
            tokens = seen / answerMedian * speech.answerTokens();
        } else {
            tokens = rand.logNormal(speech.answerTokens(), speech.answerSpread());
        }
        return (long) Math.max(1, Math.min(LONGEST_ANSWER, tokens));
    }
}
