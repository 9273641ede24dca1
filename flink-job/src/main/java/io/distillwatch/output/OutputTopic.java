package io.distillwatch.output;

/** The streams that leave the job, by the name of their Kafka topic. */
public enum OutputTopic {
    ACCOUNT_METRICS("account-metrics"),
    PREFIX_METRICS("prefix-metrics"),
    CAMPAIGNS("distillation-campaigns"),
    CAMPAIGN_MEMBERS("distillation-campaign-members"),
    DEAD_LETTERS("exchanges-dead-letter"),
    LATE("exchanges-late");

    private final String topicName;

    OutputTopic(String topicName) {
        this.topicName = topicName;
    }

    /** The default name of the topic; also the stem of the file that a replay writes. */
    public String topicName() {
        return topicName;
    }
}
