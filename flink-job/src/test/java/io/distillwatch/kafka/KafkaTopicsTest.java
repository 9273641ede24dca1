package io.distillwatch.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.settings.DetectionOptions;
import io.distillwatch.settings.KafkaSettings;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class KafkaTopicsTest {

    private static final KafkaSettings KAFKA =
            DetectionOptions.read(
                            Configuration.fromMap(
                                    Map.of(
                                            "distillwatch.kafka.partitions", "3",
                                            "distillwatch.kafka.topic.llm-exchanges", "mine")))
                    .kafka();

    @Test
    void planEveryTopicOfTheContractUnderItsConfiguredName() {
        assertThat(KafkaTopics.forService(KAFKA))
                .extracting(KafkaTopics.Plan::name)
                .containsExactlyInAnyOrder(
                        "mine",
                        "detection-policy",
                        "account-metrics",
                        "prefix-metrics",
                        "distillation-campaigns",
                        "distillation-campaign-members",
                        "exchanges-dead-letter",
                        "exchanges-late");
    }

    @Test
    void compactWhatIsReadAsTheLastRecordOfAKey() {
        for (String name :
                List.of(
                        "detection-policy",
                        "distillation-campaigns",
                        "distillation-campaign-members")) {
            assertThat(plan(KafkaTopics.forService(KAFKA), name).config())
                    .containsEntry("cleanup.policy", "compact");
        }
    }

    @Test
    void keepPoliciesInOnePartitionAndAllElseInAsManyAsAskedFor() {
        assertThat(KafkaTopics.forService(KAFKA))
                .allMatch(
                        plan ->
                                plan.partitions()
                                        == (plan.name().equals("detection-policy") ? 1 : 3));
    }

    @Test
    void whatIsDeletedByTimeIsStampedOnArrival() {
        assertThat(KafkaTopics.forService(KAFKA))
                .filteredOn(plan -> "delete".equals(plan.config().get("cleanup.policy")))
                .hasSize(5)
                .allMatch(
                        plan ->
                                "LogAppendTime"
                                        .equals(plan.config().get("message.timestamp.type")));
    }

    @Test
    void replaysLoseNothingHoweverOldAndOnlyExchangesAreStampedByTheirProducer() {
        List<KafkaTopics.Plan> plans = KafkaTopics.forReplays(KAFKA);

        assertThat(plans).allMatch(plan -> "-1".equals(plan.config().get("retention.ms")));
        assertThat(plans)
                .filteredOn(
                        plan -> "CreateTime".equals(plan.config().get("message.timestamp.type")))
                .extracting(KafkaTopics.Plan::name)
                .containsExactly("mine");
        assertThat(plans)
                .filteredOn(
                        plan -> "LogAppendTime".equals(plan.config().get("message.timestamp.type")))
                .hasSize(7);
    }

    private static KafkaTopics.Plan plan(List<KafkaTopics.Plan> plans, String name) {
        return plans.stream().filter(plan -> plan.name().equals(name)).findFirst().orElseThrow();
    }
}
