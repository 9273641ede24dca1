-- Question: which address prefixes have the same accounts behind them?
-- Output:   pairs of prefixes with accounts in common, and what share of the smaller one these are.
-- Assumes:  sketches stand for the accounts: exact up to 256, then within a few per cent.
-- Runs in:  now
WITH prefixes AS (
    SELECT ip_prefix, DISTINCT_SKETCH(account_id) AS accounts
    FROM accounts_by_prefix
    GROUP BY ip_prefix
)
SELECT
    a.ip_prefix,
    b.ip_prefix AS other_prefix,
    SKETCH_OVERLAP(a.accounts, b.accounts) AS accounts_in_common,
    SKETCH_ESTIMATE(SKETCH_UNION(a.accounts, b.accounts)) AS accounts_together
FROM prefixes AS a JOIN prefixes AS b ON a.ip_prefix < b.ip_prefix
WHERE SKETCH_OVERLAP(a.accounts, b.accounts) > 0
ORDER BY accounts_in_common DESC, ip_prefix, other_prefix;
