package io.distillwatch.sql.function;

/** Arguments that types cannot check: one line that names the function and the argument. */
final class Arguments {

    private Arguments() {}

    static void between(String function, String argument, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s: %s is %d, allowed is %d to %d"
                            .formatted(function, argument, value, least, most));
        }
    }

    static void between(String function, String argument, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "%s: %s is %s, allowed is %s to %s"
                            .formatted(function, argument, value, least, most));
        }
    }

    static IllegalArgumentException refusal(String function, String argument, String rule) {
        return new IllegalArgumentException("%s: %s %s".formatted(function, argument, rule));
    }
}
