package io.distillwatch;

/**
 * The operators: their uids, by which a savepoint finds their state, and their names, by which
 * people and metrics find them. A uid is for ever; the list may only grow.
 */
public enum OperatorId {
    EXCHANGE_SOURCE("exchange-source", "exchanges"),
    POLICY_SOURCE("policy-source", "detection policies"),
    GATE("gate", "gate"),
    ACCOUNT_WINDOWS("account-windows", "account windows"),
    PREFIX_COMBINER("prefix-combiner", "prefix combiner"),
    PREFIX_WINDOWS("prefix-windows", "prefix windows"),
    FEATURE_COMBINER("feature-combiner", "feature combiner"),
    FEATURE_SPREAD("feature-spread", "feature spread"),
    FAMILY_CATALOG("family-catalog", "family catalog"),
    CATALOG_GUIDANCE("catalog-guidance", "catalog guidance"),
    POLICY_GUIDANCE("policy-guidance", "policy guidance"),
    FAMILY_ASSIGNER("family-assigner", "family assigner"),
    BASELINE_SAMPLE("baseline-sample", "baseline sample"),
    BASELINE_TRACKER("baseline-tracker", "baseline tracker"),
    BASELINE_GUIDANCE("baseline-guidance", "baseline guidance"),
    GROUP_TRACKER("group-tracker", "group tracker"),
    CAMPAIGNS("campaigns", "campaigns"),
    ACCOUNT_METRICS_SINK("account-metrics-sink", "account-metrics"),
    PREFIX_METRICS_SINK("prefix-metrics-sink", "prefix-metrics"),
    CAMPAIGNS_SINK("campaigns-sink", "distillation-campaigns"),
    MEMBERS_SINK("members-sink", "distillation-campaign-members"),
    DEAD_LETTER_SINK("dead-letter-sink", "exchanges-dead-letter"),
    LATE_SINK("late-sink", "exchanges-late");

    private final String uid;
    private final String displayName;

    OperatorId(String uid, String displayName) {
        this.uid = uid;
        this.displayName = displayName;
    }

    public String uid() {
        return uid;
    }

    public String displayName() {
        return displayName;
    }
}
