-- Topic llm-exchanges, as it is: one record for one prompt and its answer, text included.
-- Append-only. What the job accepts of it, typed and fingerprinted, is the table `exchanges`.
CREATE TABLE llm_exchanges (
    exchange_id STRING,
    event_time STRING COMMENT 'ISO-8601 or epoch milliseconds, as the producer wrote it',
    account_id STRING,
    client_ip STRING,
    prompt STRING COMMENT 'last user message',
    messages STRING COMMENT 'JSON array of role and content, instead of prompt',
    prompt_fingerprint STRING COMMENT 'instead of text',
    system_prompt STRING,
    model STRING,
    input_tokens BIGINT,
    output_tokens BIGINT,
    organization_id STRING,
    user_agent STRING,
    tls_fingerprint STRING,
    payment_fingerprint STRING,
    account_created_at STRING,
    conversation_id STRING,
    embedding ARRAY<DOUBLE>,
    `partition` INT METADATA VIRTUAL,
    `offset` BIGINT METADATA VIRTUAL,
    ingested_at TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
    event_at AS EVENT_TIME(event_time) COMMENT 'null when event_time is not a time',
    WATERMARK FOR event_at AS event_at - INTERVAL '2' MINUTE
) WITH (
    'connector' = 'kafka',
    'topic' = 'llm-exchanges',
    'scan.startup.mode' = 'earliest-offset',
    'properties.isolation.level' = 'read_committed',
    'format' = 'json',
    'json.ignore-parse-errors' = 'true'
);
