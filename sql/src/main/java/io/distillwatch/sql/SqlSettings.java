package io.distillwatch.sql;

import io.distillwatch.settings.DetectionOptions;
import io.distillwatch.settings.DetectionSettings;
import io.distillwatch.settings.JobSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/**
 * What a session is given once: the job's own options, so that one file serves both, and what only
 * SQL has.
 *
 * @param job where Kafka is and how the job that fills its topics was set up
 * @param history how far back exchanges are read, by the time at which the broker got them
 */
record SqlSettings(JobSettings job, Optional<Duration> history) {

    private static final String SQL_PREFIX = DetectionOptions.PREFIX + "sql.";

    static final ConfigOption<Duration> HISTORY =
            ConfigOptions.key(SQL_PREFIX + "history")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How far back exchanges are read, by the time at which the broker got"
                                    + " them; everything that the topic still has by default.");

    /**
     * @param session the session's configuration; keys that do not begin with {@code distillwatch.}
     *     are left alone
     * @param catalog options of the catalog, without that prefix; they win
     * @throws io.distillwatch.settings.SettingsException naming every key that is wrong or unknown
     */
    static SqlSettings read(Map<String, String> session, Map<String, String> catalog) {
        Configuration all = new Configuration();
        session.forEach(
                (key, value) -> {
                    if (key.startsWith(DetectionOptions.PREFIX)) {
                        all.setString(key, value);
                    }
                });
        catalog.forEach((key, value) -> all.setString(DetectionOptions.PREFIX + key, value));
        Optional<Duration> history = all.getOptional(HISTORY);
        all.removeConfig(HISTORY);
        return new SqlSettings(DetectionOptions.read(all), history);
    }

    DetectionSettings.Intake intake() {
        return job.detection().intake();
    }
}
