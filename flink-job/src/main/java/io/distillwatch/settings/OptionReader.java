package io.distillwatch.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;

/**
 * Reads options and collects what is wrong with them, so that a user sees all of it at once. A
 * wrong value is replaced by the default to go on checking.
 */
final class OptionReader {

    private final Configuration configuration;
    private final List<String> problems = new ArrayList<>();

    OptionReader(Configuration configuration) {
        this.configuration = configuration;
    }

    /** The value, or null for an option that has neither a value nor a default. */
    <T> T read(ConfigOption<T> option, String allowed) {
        return read(option, value -> true, allowed);
    }

    <T> T read(ConfigOption<T> option, Predicate<T> valid, String allowed) {
        T value;
        try {
            value = configuration.get(option);
        } catch (IllegalArgumentException | ClassCastException wrongType) {
            refuse(option, allowed);
            return option.defaultValue();
        }
        if (value != null && !valid.test(value)) {
            refuse(option, allowed);
            return option.defaultValue();
        }
        return value;
    }

    int between(ConfigOption<Integer> option, int least, int most) {
        return read(
                option,
                value -> value >= least && value <= most,
                "a whole number from " + least + " to " + most);
    }

    Duration between(ConfigOption<Duration> option, Duration least, Duration most) {
        return read(
                option,
                value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                "a duration from " + text(least) + " to " + text(most));
    }

    MemorySize between(ConfigOption<MemorySize> option, MemorySize least, MemorySize most) {
        return read(
                option,
                value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                "a size from " + least + " to " + most);
    }

    boolean flag(ConfigOption<Boolean> option) {
        return read(option, "true or false");
    }

    String text(ConfigOption<String> option) {
        return read(option, value -> !value.isBlank(), "a text that is not empty");
    }

    /** Says that the option as it stands is not allowed. */
    void refuse(ConfigOption<?> option, String allowed) {
        String key = option.key();
        String value = configuration.getString(key, String.valueOf(option.defaultValue()));
        problem(key, SecretKeys.shown(key, value), allowed);
    }

    /** Adds a problem with a key that is no option of its own. */
    void problem(String key, String value, String allowed) {
        problems.add("%s = '%s': allowed is %s".formatted(key, value, allowed));
    }

    List<String> problems() {
        return problems;
    }

    static String text(Duration duration) {
        return TimeUtils.formatWithHighestUnit(duration);
    }
}
