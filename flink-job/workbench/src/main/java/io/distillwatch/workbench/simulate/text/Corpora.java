package io.distillwatch.workbench.simulate.text;

/** Real texts of each kind; {@code null} where there are none and the simulator writes its own. */
public record Corpora(
        Corpus prompts, Corpus harvest, Corpus templates, Corpus utterances, Corpus systemPrompts) {

    /** None of any kind. */
    public static Corpora none() {
        return new Corpora(null, null, null, null, null);
    }

    /** Whether all texts are the simulator's own. */
    public boolean isEmpty() {
        return equals(none());
    }

    /**
     * Texts with scratch space of their own: one for each run.
     *
     * @param verbatim share of ordinary first questions that repeat a real prompt exactly, 0 to 1
     */
    public Texts texts(double verbatim) {
        return new Texts(prompts, harvest, templates, utterances, systemPrompts, verbatim);
    }
}
