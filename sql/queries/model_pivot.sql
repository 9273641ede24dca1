-- Question: does a campaign move to another model?
-- Output:   by campaign and hour: the share of each model in its members' exchanges.
-- Assumes:  a campaign that goes where the newest model is moves at once; customers drift.
-- Runs in:  now
WITH by_model AS (
    SELECT m.campaign_id, w.window_start, w.model, COUNT(DISTINCT w.exchange_key) AS exchanges
    FROM TUMBLE(TABLE exchanges, DESCRIPTOR(event_time), INTERVAL '1' HOUR) AS w
    JOIN distillation_campaign_members AS m ON m.account_id = w.account_id
    WHERE w.model IS NOT NULL
    GROUP BY m.campaign_id, w.window_start, w.model
)
SELECT
    campaign_id,
    window_start,
    model,
    exchanges,
    CAST(exchanges AS DOUBLE)
        / SUM(exchanges) OVER (PARTITION BY campaign_id, window_start) AS model_share
FROM by_model
ORDER BY campaign_id, window_start, model;
