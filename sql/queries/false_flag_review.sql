-- Question: which kinds of evidence led to flags that analysts dismissed?
-- Output:   by strongest signal: campaigns flagged, dismissed, and the share of these.
-- Assumes:  DISMISSED is an analyst's verdict; merged campaigns are judged by their survivor.
-- Runs in:  now
WITH strongest AS (
    SELECT campaign_id, status, signal
    FROM (
        SELECT
            c.campaign_id,
            c.status,
            e.signal,
            ROW_NUMBER() OVER (PARTITION BY c.campaign_id ORDER BY e.score DESC, e.signal) AS place
        FROM distillation_campaigns AS c
        CROSS JOIN UNNEST(c.evidence) AS e (signal, `value`, expected, score)
        WHERE c.status <> 'MERGED'
    )
    WHERE place = 1
)
SELECT
    signal,
    COUNT(*) AS campaigns,
    COUNT(*) FILTER (WHERE status = 'DISMISSED') AS dismissed,
    CAST(COUNT(*) FILTER (WHERE status = 'DISMISSED') AS DOUBLE) / COUNT(*) AS dismissed_share
FROM strongest
GROUP BY signal
ORDER BY dismissed DESC, signal;
