-- Topic prefix-metrics by its last record of each window.
CREATE TABLE prefix_metrics (
    PRIMARY KEY (ip_prefix, window_size, window_end) NOT ENFORCED
) WITH (
    'connector' = 'upsert-kafka',
    'topic' = 'prefix-metrics',
    'properties.isolation.level' = 'read_committed',
    'key.format' = 'text-parts',
    'value.format' = 'json',
    'value.json.timestamp-format.standard' = 'ISO-8601',
    'value.json.ignore-parse-errors' = 'true'
) LIKE prefix_metrics_changes (
    INCLUDING ALL
    EXCLUDING OPTIONS
    EXCLUDING METADATA
);
