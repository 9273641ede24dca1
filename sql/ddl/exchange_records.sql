-- Topic llm-exchanges, once more: each record through the job's own parser, which makes an exchange
-- or a refusal of it. The base of the views `exchanges` and `refused_exchanges`.
CREATE TABLE exchange_records (
    record BYTES COMMENT 'the bytes as they came',
    topic STRING METADATA VIRTUAL,
    `partition` INT METADATA VIRTUAL,
    `offset` BIGINT METADATA VIRTUAL,
    ingested_at TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
    exchange AS READ_EXCHANGE(record, ingested_at),
    event_time AS READ_EXCHANGE(record, ingested_at).event_time COMMENT 'null where refused',
    WATERMARK FOR event_time AS event_time - INTERVAL '2' MINUTE
) WITH (
    'connector' = 'kafka',
    'topic' = 'llm-exchanges',
    'scan.startup.mode' = 'earliest-offset',
    'properties.isolation.level' = 'read_committed',
    'format' = 'raw'
);
