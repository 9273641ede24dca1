package io.distillwatch.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The statistics that can speak for a campaign, in the terms of the field. */
public enum Signal {
    WORK_PARTITION(Axis.WORK, 1.0),
    CONTENT_ENTROPY(Axis.WORK, 0.6, Signal.ADDS),
    LOAD_EVENNESS(Axis.LOAD, 1.2),
    SESSIONLESS_GAPS(Axis.TIME, 0.8),
    FLAT_RHYTHM(Axis.TIME, 0.8),
    DISPATCHED_TIMING(Axis.TIME, 0.8),
    STEADY_STREAM(Axis.TIME, 0.8),
    CO_ACTIVATION(Axis.TIME, 0.6, Signal.ADDS),
    MODEL_PIVOT(Axis.TIME, 0.5, Signal.ADDS),
    SESSION_SHAPE(Axis.TIME, 0.5, Signal.ADDS),
    CONSERVED_UNDER_CHURN(Axis.LIFE, 1.2),
    HAND_OFF(Axis.LIFE, 1.5),
    ELICITATION(Axis.INTENT, 1.0),
    DISTRIBUTION_SHIFT(Axis.INTENT, 0.5, Signal.ADDS),
    SHARED_PAYMENT(Axis.INFRASTRUCTURE, 1.0),
    CLIENT_CONCENTRATION(Axis.INFRASTRUCTURE, 1.0, Signal.ADDS),
    PREFIX_CONCENTRATION(Axis.INFRASTRUCTURE, 1.0),
    PREFIX_ROTATION(Axis.INFRASTRUCTURE, 1.0),
    BIRTH_CLUSTERING(Axis.BIRTH, 0.9),
    ONSET_CLUSTERING(Axis.BIRTH, 0.6);

    /* Of a signal that much that is ordinary shows as well: it adds to a case and makes none. */
    private static final double ADDS = 0.45;

    private final Axis axis;
    private final double weight;
    private final double most;

    Signal(Axis axis, double weight) {
        this(axis, weight, 1);
    }

    Signal(Axis axis, double weight, double most) {
        this.axis = axis;
        this.weight = weight;
        this.most = most;
    }

    public Axis axis() {
        return axis;
    }

    /** Weight in the score unless the policy says otherwise. */
    public double weight() {
        return weight;
    }

    /** The highest score it can have, however far from ordinary it is. */
    double most() {
        return most;
    }

    /** The name in outputs and policies: lower case, underscores. */
    public String signalName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Signal> byName(String name) {
        return Arrays.stream(values()).filter(s -> s.signalName().equals(name)).findFirst();
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(Signal::signalName).toList();
    }
}
