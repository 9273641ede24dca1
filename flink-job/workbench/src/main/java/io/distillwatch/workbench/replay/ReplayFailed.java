package io.distillwatch.workbench.replay;

/** A replay that did not come to its end; the message is the innermost cause that says anything. */
public final class ReplayFailed extends RuntimeException {

    ReplayFailed(Throwable cause) {
        super(innermost(cause), cause);
    }

    private static String innermost(Throwable thrown) {
        String message = thrown.toString();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t.getMessage() != null && !t.getMessage().isBlank()) {
                message =
                        t instanceof java.io.IOException
                                ? t.getMessage()
                                : t.getClass().getSimpleName() + ": " + t.getMessage();
            }
            if (t instanceof java.io.IOException && t.getMessage() != null) {
                break;
            }
        }
        return message;
    }
}
