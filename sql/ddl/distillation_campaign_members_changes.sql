-- Topic distillation-campaign-members, every record. Append-only.
CREATE TABLE distillation_campaign_members_changes (
    campaign_id STRING NOT NULL,
    account_id STRING NOT NULL,
    status STRING COMMENT 'ACTIVE; REMOVED when pruned, or its campaign was dismissed or merged',
    joined_at TIMESTAMP_LTZ(3) COMMENT 'event time at which it was first known as a member',
    updated_at TIMESTAMP_LTZ(3),
    first_seen TIMESTAMP_LTZ(3),
    last_seen TIMESTAMP_LTZ(3),
    exchanges BIGINT,
    score DOUBLE COMMENT '0 to 1',
    ip_prefix STRING COMMENT 'the one it mostly comes from',
    families ARRAY<STRING>,
    evidence ARRAY<ROW<signal STRING, `value` DOUBLE, expected DOUBLE, score DOUBLE>>,
    `partition` INT METADATA VIRTUAL,
    `offset` BIGINT METADATA VIRTUAL,
    WATERMARK FOR updated_at AS updated_at
) WITH (
    'connector' = 'kafka',
    'topic' = 'distillation-campaign-members',
    'scan.startup.mode' = 'earliest-offset',
    'properties.isolation.level' = 'read_committed',
    'format' = 'json',
    'json.timestamp-format.standard' = 'ISO-8601',
    'json.ignore-parse-errors' = 'true'
);
