-- Question: who else comes from the address prefixes that an open campaign uses?
-- Output:   accounts that are not members, with the prefix and how many members stand behind it.
-- Assumes:  a prefix with one member says nothing; at least two are asked for.
-- Runs in:  now
WITH members AS (
    SELECT m.campaign_id, m.account_id
    FROM distillation_campaign_members AS m
    JOIN distillation_campaigns AS c ON c.campaign_id = m.campaign_id
    WHERE c.status = 'OPEN'
),
campaign_prefixes AS (
    SELECT m.campaign_id, p.ip_prefix, COUNT(*) AS members
    FROM members AS m JOIN accounts_by_prefix AS p ON p.account_id = m.account_id
    GROUP BY m.campaign_id, p.ip_prefix
    HAVING COUNT(*) >= 2
)
SELECT c.campaign_id, c.ip_prefix, c.members, p.account_id, p.exchanges, p.last_seen
FROM campaign_prefixes AS c
JOIN accounts_by_prefix AS p ON p.ip_prefix = c.ip_prefix
LEFT JOIN members AS m ON m.campaign_id = c.campaign_id AND m.account_id = p.account_id
WHERE m.account_id IS NULL
ORDER BY members DESC, ip_prefix, account_id;
