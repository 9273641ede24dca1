-- What `live` reads as upsert tables: the last record of each key, of those that are there now.
-- Records of one key are in one partition, so their offsets say which is last.

CREATE VIEW distillation_campaigns AS
SELECT campaign_id, status, merged_into, flagged_at, updated_at, first_seen, last_seen, score, severity,
    confirmed, accounts, prefixes, exchanges, input_tokens, output_tokens, `models`, evidence, families,
    top_prefixes, technique, detector_version, policy_version
FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY campaign_id ORDER BY `offset` DESC) AS age
    FROM distillation_campaigns_changes
)
WHERE age = 1;

CREATE VIEW distillation_campaign_members AS
SELECT campaign_id, account_id, status, joined_at, updated_at, first_seen, last_seen, exchanges, score,
    ip_prefix, families, evidence
FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY campaign_id, account_id ORDER BY `offset` DESC) AS age
    FROM distillation_campaign_members_changes
)
WHERE age = 1;

CREATE VIEW account_metrics AS
SELECT account_id, window_start, window_end, window_size, exchanges, input_tokens, output_tokens,
    distinct_prompts, distinct_prompts_error, distinct_families, distinct_families_error,
    distinct_ratio, family_entropy, top_family_share, distinct_prefixes, distinct_prefixes_error,
    distinct_clients, distinct_clients_error, active_hours, first_seen, last_seen
FROM (
    SELECT *, ROW_NUMBER() OVER (
        PARTITION BY account_id, window_size, window_end ORDER BY `offset` DESC) AS age
    FROM account_metrics_changes
)
WHERE age = 1;

CREATE VIEW prefix_metrics AS
SELECT ip_prefix, window_start, window_end, window_size, exchanges, input_tokens, output_tokens,
    distinct_prompts, distinct_prompts_error, distinct_families, distinct_families_error,
    distinct_ratio, family_entropy, top_family_share, distinct_accounts, distinct_accounts_error,
    distinct_clients, distinct_clients_error, active_hours, first_seen, last_seen
FROM (
    SELECT *, ROW_NUMBER() OVER (
        PARTITION BY ip_prefix, window_size, window_end ORDER BY `offset` DESC) AS age
    FROM prefix_metrics_changes
)
WHERE age = 1;
