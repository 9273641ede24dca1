-- Topic exchanges-dead-letter: records refused by the job, with the reason. Append-only.
CREATE TABLE exchanges_dead_letter (
    reason STRING,
    field STRING COMMENT 'null where it is the whole record',
    message STRING,
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
    'topic' = 'exchanges-dead-letter',
    'scan.startup.mode' = 'earliest-offset',
    'properties.isolation.level' = 'read_committed',
    'format' = 'json',
    'json.timestamp-format.standard' = 'ISO-8601',
    'json.ignore-parse-errors' = 'true'
);
