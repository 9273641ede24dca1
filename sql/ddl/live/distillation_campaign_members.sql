-- Topic distillation-campaign-members by its last record of each member: whom enforcement acts on.
CREATE TABLE distillation_campaign_members (
    PRIMARY KEY (campaign_id, account_id) NOT ENFORCED
) WITH (
    'connector' = 'upsert-kafka',
    'topic' = 'distillation-campaign-members',
    'properties.isolation.level' = 'read_committed',
    'key.format' = 'text-parts',
    'key.text-parts.delimiter' = '+',
    'value.format' = 'json',
    'value.fields-include' = 'EXCEPT_KEY',
    'value.json.timestamp-format.standard' = 'ISO-8601',
    'value.json.ignore-parse-errors' = 'true'
) LIKE distillation_campaign_members_changes (
    INCLUDING ALL
    EXCLUDING OPTIONS
    EXCLUDING METADATA
);
