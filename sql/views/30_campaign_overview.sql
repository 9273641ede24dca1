-- One line a campaign: what it is, how large, and what speaks loudest for it.
CREATE VIEW campaign_overview AS
SELECT
    campaign_id,
    status,
    severity,
    score,
    accounts,
    prefixes,
    exchanges,
    input_tokens + output_tokens AS tokens,
    flagged_at,
    first_seen,
    last_seen,
    TIMESTAMPDIFF(MINUTE, first_seen, flagged_at) AS minutes_to_flag,
    evidence[1].signal AS first_signal,
    CARDINALITY(evidence) AS signals,
    technique,
    merged_into,
    policy_version
FROM distillation_campaigns;
