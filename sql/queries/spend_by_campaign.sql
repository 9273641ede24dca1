-- Question: what did each campaign take, in tokens and in money?
-- Output:   tokens and list price in US dollars by campaign and model, exchanges counted once.
-- Assumes:  the prices below, in dollars a million tokens: edit them. All exchanges of a member count
--           that carry one of the campaign's families.
-- Runs in:  now
WITH prices (model, input_price, output_price) AS (
    VALUES ('m-small', 0.25, 1.25), ('m-large', 3.00, 15.00), ('m-next', 5.00, 25.00)
),
taken AS (
    SELECT DISTINCT c.campaign_id, e.exchange_key, e.model, e.input_tokens, e.output_tokens
    FROM distillation_campaigns AS c CROSS JOIN UNNEST(c.families) AS f (family)
    JOIN distillation_campaign_members AS m ON m.campaign_id = c.campaign_id
    JOIN exchanges AS e ON e.account_id = m.account_id AND ARRAY_CONTAINS(e.features, f.family)
    WHERE c.status IN ('OPEN', 'CLOSED')
)
SELECT
    t.campaign_id,
    t.model,
    COUNT(*) AS exchanges,
    SUM(t.input_tokens) AS input_tokens,
    SUM(t.output_tokens) AS output_tokens,
    CAST(SUM(t.input_tokens * p.input_price + t.output_tokens * p.output_price) / 1000000
        AS DECIMAL(18, 4)) AS dollars
FROM taken AS t LEFT JOIN prices AS p ON p.model = t.model
GROUP BY t.campaign_id, t.model
ORDER BY campaign_id, dollars DESC;
