package io.distillwatch.campaign;

import java.util.Locale;

/** How much a campaign has taken. */
public enum Severity {
    LOW(0),
    MEDIUM(10_000),
    /* 150,000 exchanges is the smallest campaign that a provider has published. */
    HIGH(100_000),
    /* 800,000 reasoning traces have been enough to teach a strong student. */
    CRITICAL(800_000);

    private final long exchanges;

    Severity(long exchanges) {
        this.exchanges = exchanges;
    }

    /** The severity of a campaign with so many exchanges. */
    public static Severity of(long exchanges) {
        Severity severity = LOW;
        for (Severity candidate : values()) {
            if (exchanges >= candidate.exchanges) {
                severity = candidate;
            }
        }
        return severity;
    }

    /** The name in outputs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
