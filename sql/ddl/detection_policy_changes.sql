-- Topic detection-policy, every record: the policies that analysts set, and when.
CREATE TABLE detection_policy_changes (
    policy STRING COMMENT 'JSON',
    `offset` BIGINT METADATA VIRTUAL,
    written_at TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
    WATERMARK FOR written_at AS written_at
) WITH (
    'connector' = 'kafka',
    'topic' = 'detection-policy',
    'scan.startup.mode' = 'earliest-offset',
    'properties.isolation.level' = 'read_committed',
    'format' = 'raw'
);
