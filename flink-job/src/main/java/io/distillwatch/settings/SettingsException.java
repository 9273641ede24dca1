package io.distillwatch.settings;

import java.util.List;

/** Everything that is wrong with the options, at once; each line names key, value and remedy. */
public final class SettingsException extends IllegalArgumentException {

    private final List<String> problems;

    /**
     * Joins the problems into one message.
     *
     * @param problems one sentence each; at least one
     */
    public SettingsException(List<String> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence for each wrong option, in the order of the options. */
    public List<String> problems() {
        return problems;
    }

    private static String message(List<String> problems) {
        String count = problems.size() == 1 ? "1 option is" : problems.size() + " options are";
        return count + " wrong:\n  " + String.join("\n  ", problems);
    }

    /** None: the message is all that helps, and Flink's client would print it below the stack. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
