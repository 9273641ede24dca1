-- Topic exchanges-late: records that came after their window had closed. Append-only.
CREATE TABLE exchanges_late (
    reason STRING,
    field STRING COMMENT 'null where it is the whole record',
    message STRING,
    exchange_id STRING,
    account_id STRING,
    event_time TIMESTAMP_LTZ(3),
    `watermark` TIMESTAMP_LTZ(3) COMMENT 'event time up to which everything was taken to be there',
    lateness_ms BIGINT,
    source_topic STRING,
    source_partition INT,
    source_offset BIGINT,
    ingested_at TIMESTAMP_LTZ(3) COMMENT 'when the broker got the original',
    original_length BIGINT COMMENT 'bytes',
    original STRING COMMENT 'the record as text; null where it is no UTF-8, too large, or not to be kept',
    original_base64 STRING,
    original_gzip_base64 STRING,
    original_omitted STRING COMMENT 'why there is no original',
    written_at TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
    WATERMARK FOR written_at AS written_at - INTERVAL '2' MINUTE
) WITH (
    'connector' = 'kafka',
    'topic' = 'exchanges-late',
    'scan.startup.mode' = 'earliest-offset',
    'properties.isolation.level' = 'read_committed',
    'format' = 'json',
    'json.timestamp-format.standard' = 'ISO-8601',
    'json.ignore-parse-errors' = 'true'
);
