-- Question: which address prefixes have the most accounts behind them?
-- Output:   the 20 prefixes with the most accounts in their newest 24-hour window.
-- Assumes:  offices and mobile carriers come first; look at top_family_share beside the count.
-- Runs in:  now
SELECT
    ip_prefix,
    window_end,
    distinct_accounts,
    exchanges,
    distinct_families,
    family_entropy,
    top_family_share
FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY ip_prefix ORDER BY window_end DESC) AS age
    FROM prefix_metrics
    WHERE window_size = 'PT24H'
)
WHERE age = 1
ORDER BY distinct_accounts DESC, exchanges DESC, ip_prefix
LIMIT 20;
