-- Question: which ordinary accounts are nearest to an open campaign?
-- Output:   the 50 accounts that are members of nothing and share the most kinds of traits with at
--           least two members: prompt features, prefix, payment, client, conversation.
-- Assumes:  two kinds are worth a look, one is chance.
-- Runs in:  now
WITH traits AS (
    SELECT account_id, 'family' AS kind, feature AS trait
    FROM exchanges CROSS JOIN UNNEST(features) AS f (feature)
    UNION
    SELECT account_id, 'prefix', ip_prefix FROM exchanges
    UNION
    SELECT account_id, 'payment', payment FROM exchanges WHERE payment IS NOT NULL
    UNION
    SELECT account_id, 'client', client FROM exchanges WHERE client IS NOT NULL
    UNION
    SELECT account_id, 'conversation', conversation FROM exchanges WHERE conversation IS NOT NULL
),
campaign_traits AS (
    SELECT m.campaign_id, t.kind, t.trait, COUNT(*) AS members
    FROM distillation_campaign_members AS m
    JOIN distillation_campaigns AS c ON c.campaign_id = m.campaign_id AND c.status = 'OPEN'
    JOIN traits AS t ON t.account_id = m.account_id
    GROUP BY m.campaign_id, t.kind, t.trait
    HAVING COUNT(*) >= 2
)
SELECT
    c.campaign_id,
    t.account_id,
    COUNT(DISTINCT c.kind) AS kinds,
    COUNT(DISTINCT CASE WHEN c.kind = 'family' THEN c.trait END) AS features,
    COUNT(DISTINCT CASE WHEN c.kind = 'prefix' THEN c.trait END) AS prefixes,
    COUNT(DISTINCT CASE WHEN c.kind = 'payment' THEN c.trait END) AS payments,
    COUNT(DISTINCT CASE WHEN c.kind = 'client' THEN c.trait END) AS clients
FROM campaign_traits AS c
JOIN traits AS t ON t.kind = c.kind AND t.trait = c.trait
LEFT JOIN distillation_campaign_members AS m ON m.account_id = t.account_id
WHERE m.account_id IS NULL
GROUP BY c.campaign_id, t.account_id
ORDER BY kinds DESC, features DESC, account_id
LIMIT 50;
