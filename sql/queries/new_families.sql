-- Question: which prompt families are new in the last hour, and how many accounts share them?
-- Output:   families first seen within an hour of the newest exchange, by distinct accounts.
-- Assumes:  three accounts make a family worth a look; a family is the leading words of a prompt.
-- Runs in:  now
WITH families AS (
    SELECT
        family,
        MIN(event_time) AS first_seen,
        COUNT(*) AS exchanges,
        SKETCH_ESTIMATE(DISTINCT_SKETCH(account_id)) AS accounts,
        SKETCH_ESTIMATE(DISTINCT_SKETCH(ip_prefix)) AS prefixes
    FROM exchanges
    GROUP BY family
)
SELECT f.family, f.first_seen, f.exchanges, f.accounts, f.prefixes
FROM families AS f
CROSS JOIN (SELECT MAX(event_time) AS seen_at FROM exchanges) AS newest
WHERE f.first_seen > newest.seen_at - INTERVAL '1' HOUR AND f.accounts >= 3
ORDER BY accounts DESC, family;
