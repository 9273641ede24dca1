-- Question: who else uses the prompt families of an open campaign?
-- Output:   accounts that are not members, by exchanges in the campaign's families.
-- Assumes:  an exchange belongs to a family if it carries one of its features.
-- Runs in:  now
WITH campaign_families AS (
    SELECT c.campaign_id, f.family
    FROM distillation_campaigns AS c CROSS JOIN UNNEST(c.families) AS f (family)
    WHERE c.status = 'OPEN'
),
uses AS (
    SELECT e.account_id, e.exchange_key, f.feature
    FROM exchanges AS e CROSS JOIN UNNEST(e.features) AS f (feature)
)
SELECT
    f.campaign_id,
    u.account_id,
    COUNT(DISTINCT u.exchange_key) AS exchanges,
    COUNT(DISTINCT f.family) AS families
FROM campaign_families AS f
JOIN uses AS u ON u.feature = f.family
LEFT JOIN distillation_campaign_members AS m
    ON m.campaign_id = f.campaign_id AND m.account_id = u.account_id
WHERE m.account_id IS NULL
GROUP BY f.campaign_id, u.account_id
ORDER BY exchanges DESC, account_id;
