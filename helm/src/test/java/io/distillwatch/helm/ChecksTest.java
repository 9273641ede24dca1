package io.distillwatch.helm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two values that cannot both be right: refused with a sentence that names them and the way out.
 */
class ChecksTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "kafka: {transactionTimeout: 20 min}                          |"
                        + " kafka.transactionTimeout: 20 min is above the brokers'"
                        + " transaction.max.timeout.ms",
                "kafka: {transactionTimeout: 5 min}                           |"
                        + " kafka.transactionTimeout: 5 min is below checkpointing.interval (1 min) +"
                        + " kafka.longestRestart (5 min)",
                "checkpointing: {interval: 6 min}                             |"
                        + " kafka.transactionTimeout: 10 min is below checkpointing.interval (6 min)",
                "job: {upgradeMode: last-state}                               | job.upgradeMode:"
                        + " last-state takes the last checkpoint from HA metadata",
                "storage: {uri: '', volume: {enabled: false}}                 | storage.uri:"
                        + " job.upgradeMode savepoint keeps state over upgrades",
                "storage: {uri: 'file:///elsewhere'}                          | storage.uri:"
                        + " file:///elsewhere is not below storage.volume.mountPath (/state)",
                "storage: {volume: {enabled: false}}                          | storage.uri: a"
                        + " file: URI needs storage.volume.enabled",
                "jobManager: {replicas: 2}                                    |"
                        + " jobManager.replicas: more than one JobManager needs"
                        + " highAvailability.enabled",
                "job: {rollback: true}                                        | job.rollback: needs"
                        + " highAvailability.enabled",
                "job: {parallelism: 800}                                      | job.parallelism:"
                        + " must not be above job.maxParallelism",
                "autoscaler: {enabled: true, maxParallelism: 1000}            |"
                        + " autoscaler.maxParallelism: must not be above job.maxParallelism",
                "topics: {replicas: 1, minInSyncReplicas: 2}                  |"
                        + " topics.minInSyncReplicas: must not be above topics.replicas",
                "topics: {manage: strimzi}                                    |"
                        + " topics.strimzi.cluster: name the Kafka resource",
                "flink: {configuration: {kubernetes.cluster-id: x}}           |"
                        + " flink.configuration: kubernetes.cluster-id is set by the operator",
                "flink: {configuration: {high-availability.cluster-id: x}}    |"
                        + " flink.configuration: high-availability.cluster-id is set by the operator",
                "flink: {configuration: {distillwatch.time.pane: 1 min}}      |"
                        + " flink.configuration: distillwatch.time.pane is an option of the job",
                "flink: {configuration: {high-availability.type: NONE}}       |"
                        + " flink.configuration: high-availability.type is derived from"
                        + " highAvailability.enabled",
                "flink: {configuration: {state.checkpoints.dir: 'file:///x'}} |"
                        + " flink.configuration: state.checkpoints.dir is derived from storage.uri",
                "flink: {configuration: {execution.checkpointing.interval: 1 h}} |"
                        + " flink.configuration: execution.checkpointing.interval is derived from"
                        + " checkpointing.interval",
                "flink: {configuration: {restart-strategy: none}}             |"
                        + " flink.configuration: restart-strategy and restart-strategy.",
                "sqlGateway: {enabled: true, serviceAccount: {create: false}} |"
                        + " sqlGateway.serviceAccount.name: name an existing service account",
                "flink: {configuration: {s3.secret-key: x}}                   |"
                        + " flink.configuration: s3.secret-key looks like a secret",
                "kafka: {properties: {sasl.jaas.config: 'x password=y;'}}     | kafka.properties:"
                        + " sasl.jaas.config is a secret",
                "kafka: {security: {protocol: SASL_SSL}}                      |"
                        + " kafka.security.sasl.existingSecret: protocol SASL_SSL needs a Secret",
                "kafka: {security: {protocol: SASL_SSL, sasl: {existingSecret: s}}} |"
                        + " kafka.security.sasl.username: name the user",
                "kafka: {security: {protocol: SASL_SSL, sasl: {mechanism: OAUTHBEARER,"
                        + " existingSecret: s}}} | kafka.security.sasl.oauth.tokenEndpointUrl:"
                        + " OAUTHBEARER needs the URL",
            })
    void refuseWithASentence(String values, String sentence) {
        assertThat(Chart.minimal().values(values).refusal()).contains(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "highAvailability: {enabled: false}                  | needs"
                        + " highAvailability.enabled",
                "storage: {uri: 'file:///state', volume: {enabled: true}} | production: needs a"
                        + " durable storage.uri",
                "storage: {uri: 's3a://bucket'}                      | storage.uri: write s3://",
                "kafka: {security: {protocol: PLAINTEXT}}            | production:"
                        + " kafka.security.protocol PLAINTEXT sends prompts in clear",
                "job: {upgradeMode: stateless}                       | production: job.upgradeMode"
                        + " stateless forgets every campaign",
                "kafka: {security: {tls: {verifyHostname: false}}}   | production:"
                        + " kafka.security.tls.verifyHostname false trusts whoever answers",
                "sqlGateway: {kafkaSecret: ''}                       | production:"
                        + " sqlGateway.kafkaSecret: name a read-only Kafka user",
                "topics: {replicas: 2}                               | production: topics.replicas"
                        + " below 3",
            })
    void refuseAProductionThatLosesData(String values, String sentence) {
        assertThat(
                        Chart.production()
                                .values("job: {upgradeMode: savepoint, rollback: false}")
                                .values("jobManager: {replicas: 1}")
                                .values(values)
                                .refusal())
                .contains(sentence);
    }
}
