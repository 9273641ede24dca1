-- Topic account-metrics by its last record of each window.
CREATE TABLE account_metrics (
    PRIMARY KEY (account_id, window_size, window_end) NOT ENFORCED
) WITH (
    'connector' = 'upsert-kafka',
    'topic' = 'account-metrics',
    'properties.isolation.level' = 'read_committed',
    'key.format' = 'text-parts',
    'value.format' = 'json',
    'value.json.timestamp-format.standard' = 'ISO-8601',
    'value.json.ignore-parse-errors' = 'true'
) LIKE account_metrics_changes (
    INCLUDING ALL
    EXCLUDING OPTIONS
    EXCLUDING METADATA
);
