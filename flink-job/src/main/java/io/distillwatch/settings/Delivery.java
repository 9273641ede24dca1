package io.distillwatch.settings;

/** How often an output record is there for a consumer that reads committed records only. */
public enum Delivery {
    /** Once, visible with the next checkpoint: Kafka transactions. */
    EXACTLY_ONCE("exactly-once"),
    /** At least once, visible at once: repeats after a restart. */
    AT_LEAST_ONCE("at-least-once");

    private final String text;

    Delivery(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
