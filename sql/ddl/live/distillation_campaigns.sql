-- Topic distillation-campaigns by its last record of each campaign: how things stand.
CREATE TABLE distillation_campaigns (
    PRIMARY KEY (campaign_id) NOT ENFORCED
) WITH (
    'connector' = 'upsert-kafka',
    'topic' = 'distillation-campaigns',
    'properties.isolation.level' = 'read_committed',
    'key.format' = 'text-parts',
    'value.format' = 'json',
    'value.fields-include' = 'EXCEPT_KEY',
    'value.json.timestamp-format.standard' = 'ISO-8601',
    'value.json.ignore-parse-errors' = 'true'
) LIKE distillation_campaigns_changes (
    INCLUDING ALL
    EXCLUDING OPTIONS
    EXCLUDING METADATA
);
