-- Question: do the job's metrics follow from the raw exchanges?
-- Output:   five-minute windows of accounts in which plain SQL comes to another result than the
--           job, with both; no row means that they agree.
-- Assumes:  no more than 128 prompts and 32 families an account and window, up to which the job's
--           counts are exact; late exchanges, which the job puts aside, show up here.
-- Runs in:  now
WITH accepted AS (
    SELECT *
    FROM (
        SELECT *, ROW_NUMBER() OVER (PARTITION BY exchange_key ORDER BY event_time) AS copy
        FROM TUMBLE(TABLE exchanges, DESCRIPTOR(event_time), INTERVAL '5' MINUTE)
    )
    WHERE copy = 1
),
by_family AS (
    SELECT account_id, window_start, family, CAST(COUNT(*) AS DOUBLE) AS exchanges
    FROM accepted
    GROUP BY account_id, window_start, family
),
diversity AS (
    SELECT
        account_id,
        window_start,
        COUNT(*) AS families,
        (LN(SUM(exchanges)) - SUM(exchanges * LN(exchanges)) / SUM(exchanges)) / LN(2) AS entropy,
        MAX(exchanges) / SUM(exchanges) AS top_share
    FROM by_family
    GROUP BY account_id, window_start
),
volume AS (
    SELECT
        account_id,
        window_start,
        COUNT(*) AS exchanges,
        SUM(input_tokens) AS input_tokens,
        SUM(output_tokens) AS output_tokens,
        COUNT(DISTINCT prompt) AS prompts,
        COUNT(DISTINCT ip_prefix) AS prefixes,
        COUNT(DISTINCT client) AS clients
    FROM accepted
    GROUP BY account_id, window_start
),
plain AS (
    SELECT
        v.*,
        CAST(v.window_start AS TIMESTAMP_LTZ(3)) AS started,
        d.families,
        d.entropy,
        d.top_share
    FROM volume AS v
    JOIN diversity AS d ON d.account_id = v.account_id AND d.window_start = v.window_start
),
job AS (
    SELECT * FROM account_metrics WHERE window_size = 'PT5M'
)
SELECT
    COALESCE(p.account_id, j.account_id) AS account_id,
    COALESCE(p.started, j.window_start) AS window_start,
    p.exchanges,
    j.exchanges AS job_exchanges,
    p.prompts,
    j.distinct_prompts AS job_prompts,
    p.families,
    j.distinct_families AS job_families,
    p.entropy,
    j.family_entropy AS job_entropy
FROM plain AS p
FULL JOIN job AS j ON j.account_id = p.account_id AND j.window_start = p.started
WHERE p.account_id IS NULL
    OR j.account_id IS NULL
    OR p.exchanges <> j.exchanges
    OR p.input_tokens <> j.input_tokens
    OR p.output_tokens <> j.output_tokens
    OR p.prompts <> j.distinct_prompts
    OR p.prefixes <> j.distinct_prefixes
    OR p.clients <> j.distinct_clients
    OR p.families <> j.distinct_families
    OR ABS(p.entropy - j.family_entropy) > 0.000001
    OR ABS(p.top_share - j.top_family_share) > 0.000001;
