-- Question: how did each campaign come to be what it is?
-- Output:   every change of every campaign in order, with what came since the change before.
-- Assumes:  nothing.
-- Runs in:  now
SELECT
    campaign_id,
    updated_at,
    status,
    score,
    accounts,
    exchanges,
    exchanges - LAG(exchanges) OVER (PARTITION BY campaign_id ORDER BY updated_at) AS new_exchanges,
    CARDINALITY(evidence) AS signals,
    merged_into
FROM distillation_campaigns_changes
ORDER BY campaign_id, updated_at;
