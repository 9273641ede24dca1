package io.distillwatch.sql;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A statement that did not work, told in one line; the cause has the rest. */
public final class SqlFailure extends RuntimeException {

    /**
     * @param cause whatever Flink threw
     */
    public SqlFailure(Throwable cause) {
        super(line(cause), cause);
    }

    /** The message of the innermost cause that has one, without its line breaks. */
    static String line(Throwable failure) {
        String line = failure.toString();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at.getMessage() != null && !at.getMessage().isBlank()) {
                line = at.getMessage();
            }
        }
        return line.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** Everything that is known of the failure, for those who ask for it. */
    public String details() {
        StringWriter details = new StringWriter();
        getCause().printStackTrace(new PrintWriter(details));
        return details.toString();
    }
}
