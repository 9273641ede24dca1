package io.distillwatch.sql;

import io.distillwatch.settings.DetectionSettings;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;

/**
 * What a session is given once: where Kafka is and how the job that fills its topics was set up.
 *
 * @param kafka properties of the Kafka clients, {@code bootstrap.servers} and security among them
 * @param groupIdPrefix consumer groups of SQL sessions begin with it, so that rights can be given
 *     by prefix
 * @param topics names of topics that are not called as in the contract, by their contract name
 * @param history how far back exchanges are read; null for all that the topic still has
 * @param fingerprintSecret the job's: with another one, fingerprints of text typed in a query match
 *     nothing in the topics
 * @param prefixLengthIpv4 the job's, in bits
 * @param prefixLengthIpv6 the job's, in bits
 */
record SqlSettings(
        Map<String, String> kafka,
        String groupIdPrefix,
        Map<String, String> topics,
        Duration history,
        String fingerprintSecret,
        int prefixLengthIpv4,
        int prefixLengthIpv6)
        implements Serializable {

    static SqlSettings defaults() {
        DetectionSettings.Intake intake = DetectionSettings.defaults().intake();
        return new SqlSettings(
                Map.of("bootstrap.servers", "localhost:9092"),
                "distillwatch-sql",
                Map.of(),
                null,
                intake.fingerprintSecret(),
                intake.prefixLengthIpv4(),
                intake.prefixLengthIpv6());
    }
}
