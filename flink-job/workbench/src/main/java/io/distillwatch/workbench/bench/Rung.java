package io.distillwatch.workbench.bench;

import io.distillwatch.DetectionJob;
import io.distillwatch.exchange.IntakeWatermarks;
import io.distillwatch.kafka.ExchangeSource;
import io.distillwatch.settings.JobSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** What is measured, on the same records. */
enum Rung {
    /** (a) The Kafka source, parsing and fingerprinting; results discarded. */
    SOURCE("a: source and parse") {
        @Override
        void define(StreamExecutionEnvironment environment, JobSettings settings) {
            environment
                    .fromSource(
                            ExchangeSource.create(settings.kafka(), settings.detection()),
                            IntakeWatermarks.strategy(settings.detection()),
                            "exchanges")
                    .uid("exchanges")
                    .sinkTo(new DiscardingSink<>())
                    .uid("nowhere");
        }
    },

    /** (b) The job as it is deployed, to Kafka exactly-once. */
    JOB("b: the whole job") {
        @Override
        void define(StreamExecutionEnvironment environment, JobSettings settings) {
            DetectionJob.define(environment, settings);
        }
    },

    /**
     * (c) Plain Flink SQL: one sliding window and one distinct count an account, results discarded.
     * It gets what helps it: the windowing table function (two-phase, shared slices), object reuse,
     * only the columns it needs, hashes of prompts instead of prompts in its state. Mini-batches do
     * not apply to window aggregations, which buffer by themselves.
     */
    SQL("c: SQL HOP, COUNT(DISTINCT)") {
        @Override
        void define(StreamExecutionEnvironment environment, JobSettings settings) {
            StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
            tables.getConfig().set("pipeline.object-reuse", "true");
            tables.getConfig().set("table.exec.source.idle-timeout", "60 s");
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
                                    settings.detection().time().maxOutOfOrderness().toMinutes(),
                                    settings.detection().time().maxOutOfOrderness().toSecondsPart(),
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
                            SELECT account_id, window_end, COUNT(*), COUNT(DISTINCT HASH_CODE(prompt))
                            FROM HOP(TABLE exchanges, DESCRIPTOR(event_time),
                                     INTERVAL '5' MINUTE, INTERVAL '1' HOUR)
                            GROUP BY account_id, window_start, window_end""")
                    .attachAsDataStream();
        }
    };

    private final String title;

    Rung(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    abstract void define(StreamExecutionEnvironment environment, JobSettings settings);
}
