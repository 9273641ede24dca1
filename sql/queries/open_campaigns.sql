-- Question: which campaigns are open, and how fast do they grow?
-- Output:   one row an open campaign, the largest growth first; growth is against the last record
--           that is at least an hour older than the newest one.
-- Assumes:  counts of a campaign never fall.
-- Runs in:  now
WITH earlier AS (
    SELECT h.campaign_id, MAX(h.accounts) AS accounts, MAX(h.exchanges) AS exchanges
    FROM distillation_campaigns_changes AS h
    JOIN distillation_campaigns AS c ON c.campaign_id = h.campaign_id
    WHERE h.updated_at <= c.updated_at - INTERVAL '1' HOUR
    GROUP BY h.campaign_id
)
SELECT
    c.campaign_id,
    c.severity,
    c.score,
    c.accounts,
    c.exchanges,
    c.accounts - COALESCE(e.accounts, 0) AS new_accounts,
    c.exchanges - COALESCE(e.exchanges, 0) AS new_exchanges,
    c.flagged_at,
    c.last_seen
FROM distillation_campaigns AS c
LEFT JOIN earlier AS e ON e.campaign_id = c.campaign_id
WHERE c.status = 'OPEN'
ORDER BY new_exchanges DESC, campaign_id;
