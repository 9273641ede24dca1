package io.distillwatch.sql;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A statement that did not work, told in one line; the cause has the rest. */
public final class SqlFailure extends RuntimeException {

    /** From here on Flink's parser lists every word of its grammar. */
    private static final String EXPECTATIONS = "Was expecting one of:";

    /**
     * @param cause whatever Flink threw
     */
    public SqlFailure(Throwable cause) {
        super(line(cause), cause);
    }

    /**
     * The message of the innermost cause, as the outermost one repeats it: that one often knows
     * where in the statement it is.
     */
    static String line(Throwable failure) {
        String innermost = failure.toString();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at.getMessage() != null && !at.getMessage().isBlank()) {
                innermost = told(at.getMessage());
            }
        }
        for (Throwable at = failure; at != null; at = at.getCause()) {
            String message = at.getMessage() == null ? "" : told(at.getMessage());
            if (message.contains(innermost) && !message.contains("Exception: ")) {
                return message;
            }
        }
        return innermost;
    }

    private static String told(String message) {
        int expectations = message.indexOf(EXPECTATIONS);
        String told = expectations > 0 ? message.substring(0, expectations) : message;
        return told.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** Everything that is known of the failure, for those who ask for it. */
    public String details() {
        StringWriter details = new StringWriter();
        getCause().printStackTrace(new PrintWriter(details));
        return details.toString();
    }
}
