-- Question: what did one account do, window by window?
-- Output:   its five-minute windows, oldest first: volume, diversity, and the share of the most frequent family.
-- Assumes:  the account in the first line: edit it. Idle windows are left out.
-- Runs in:  now
WITH subject (account_id) AS (VALUES ('d1'))
SELECT
    a.account_id,
    a.window_start,
    a.exchanges,
    a.output_tokens,
    a.distinct_prompts,
    a.distinct_ratio,
    a.family_entropy,
    a.top_family_share,
    a.distinct_prefixes
FROM account_metrics AS a JOIN subject AS s ON s.account_id = a.account_id
WHERE a.window_size = 'PT5M'
ORDER BY window_start;
