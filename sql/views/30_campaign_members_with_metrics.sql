-- Each member with its last 24-hour window: what enforcement wants to see beside the name.
CREATE VIEW campaign_members_with_metrics AS
SELECT
    m.campaign_id,
    m.account_id,
    m.status,
    m.joined_at,
    m.last_seen,
    m.exchanges AS campaign_exchanges,
    m.score,
    w.window_end AS metrics_at,
    w.exchanges AS all_exchanges,
    w.distinct_ratio,
    w.family_entropy,
    w.top_family_share,
    w.distinct_prefixes,
    w.active_hours
FROM distillation_campaign_members AS m
LEFT JOIN (
    SELECT *
    FROM (
        SELECT *, ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY window_end DESC) AS age
        FROM account_metrics_changes
        WHERE window_size = 'PT24H'
    )
    WHERE age = 1
) AS w ON w.account_id = m.account_id;
