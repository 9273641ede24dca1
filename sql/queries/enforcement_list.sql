-- Question: on whom does enforcement act, and what speaks for it?
-- Output:   active members of open campaigns with their last 24 hours, surest first.
-- Assumes:  a member of several campaigns is listed once for each.
-- Runs in:  now
SELECT
    m.campaign_id,
    m.account_id,
    m.score,
    m.campaign_exchanges,
    m.all_exchanges,
    m.top_family_share,
    m.distinct_prefixes,
    m.joined_at
FROM campaign_members_with_metrics AS m
JOIN campaign_overview AS c ON c.campaign_id = m.campaign_id
WHERE m.status = 'ACTIVE' AND c.status = 'OPEN'
ORDER BY score DESC, campaign_exchanges DESC, account_id;
