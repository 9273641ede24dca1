-- Every topic that the detector reads or writes, record by record, as text. To find what cannot be read:
-- the other tables skip it.
CREATE TABLE topic_records (
    record STRING COMMENT 'null for a tombstone',
    topic STRING METADATA VIRTUAL,
    `partition` INT METADATA VIRTUAL,
    `offset` BIGINT METADATA VIRTUAL,
    ingested_at TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL
) WITH (
    'connector' = 'kafka',
    'topic' = 'llm-exchanges;account-metrics;prefix-metrics;distillation-campaigns;distillation-campaign-members;exchanges-dead-letter;exchanges-late',
    'scan.startup.mode' = 'earliest-offset',
    'properties.isolation.level' = 'read_committed',
    'format' = 'raw'
);
