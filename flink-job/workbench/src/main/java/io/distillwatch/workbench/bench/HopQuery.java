package io.distillwatch.workbench.bench;

import io.distillwatch.settings.JobSettings;
import java.time.Duration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * One sliding window and one distinct count an account, results discarded: as a windowing table
 * function, which aggregates in two phases and shares slices between windows, of the only columns
 * that it needs.
 */
final class HopQuery {

    private HopQuery() {}

    /**
     * Adds it to the environment.
     *
     * @param distinct what is counted, an expression over the columns
     */
    static void define(
            StreamExecutionEnvironment environment, JobSettings settings, String distinct) {
        StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
        tables.getConfig().set("table.exec.source.idle-timeout", "60 s");
        Duration outOfOrderness = settings.detection().time().maxOutOfOrderness();
        tables.executeSql(
                """
                CREATE TABLE exchanges (
                  account_id STRING, prompt STRING, event_time TIMESTAMP_LTZ(3),
                  WATERMARK FOR event_time AS event_time - INTERVAL '%02d:%02d' MINUTE TO SECOND
                ) WITH (
                  'connector' = 'kafka', 'topic' = '%s', 'properties.bootstrap.servers' = '%s',
                  'properties.group.id' = '%s', 'properties.%s' = '%s',
                  'scan.startup.mode' = 'earliest-offset',
                  'format' = 'json', 'json.timestamp-format.standard' = 'ISO-8601'
                )"""
                        .formatted(
                                outOfOrderness.toMinutes(),
                                outOfOrderness.toSecondsPart(),
                                settings.kafka().exchangesTopic(),
                                settings.kafka().bootstrapServers(),
                                settings.kafka().groupId(),
                                StartingGate.SETTING,
                                StartingGate.class.getName()));
        tables.executeSql(
                """
                CREATE TABLE nowhere (
                  account_id STRING, window_end TIMESTAMP(3), exchanges BIGINT, prompts BIGINT
                ) WITH ('connector' = 'blackhole')""");
        tables.createStatementSet()
                .addInsertSql(
                        """
                        INSERT INTO nowhere
                        SELECT account_id, window_end, COUNT(*), COUNT(DISTINCT %s)
                        FROM HOP(TABLE exchanges, DESCRIPTOR(event_time),
                                 INTERVAL '5' MINUTE, INTERVAL '1' HOUR)
                        GROUP BY account_id, window_start, window_end"""
                                .formatted(distinct))
                .attachAsDataStream();
    }
}
