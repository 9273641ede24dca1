-- Question: what did each campaign take, in tokens and in money?
-- Output:   its tokens and their list price in US dollars, by model.
-- Assumes:  the prices below, in dollars a million tokens: edit them. How the campaign's tokens are
--           divided over models is judged by those exchanges of its members that carry the very
--           feature by which a family is called; others belong to it by other features.
-- Runs in:  now
WITH prices (model, input_price, output_price) AS (
    VALUES
        ('meridian-1.5', 1.00, 5.00), ('meridian-2-mini', 0.25, 1.25), ('meridian-2', 3.00, 15.00),
        ('meridian-2-code', 3.00, 15.00), ('meridian-3', 5.00, 25.00)
),
seen AS (
    SELECT DISTINCT c.campaign_id, e.exchange_key, e.model, e.input_tokens, e.output_tokens
    FROM distillation_campaigns AS c
    JOIN distillation_campaign_members AS m ON m.campaign_id = c.campaign_id
    JOIN exchanges AS e ON e.account_id = m.account_id
    WHERE c.status IN ('OPEN', 'CLOSED') AND CARDINALITY(ARRAY_INTERSECT(e.features, c.families)) > 0
),
by_model AS (
    SELECT
        campaign_id,
        model,
        CAST(SUM(input_tokens) AS DOUBLE) AS input_tokens,
        CAST(SUM(output_tokens) AS DOUBLE) AS output_tokens
    FROM seen
    GROUP BY campaign_id, model
),
shares AS (
    SELECT
        campaign_id,
        model,
        input_tokens / NULLIF(SUM(input_tokens) OVER (PARTITION BY campaign_id), 0) AS input_share,
        output_tokens / NULLIF(SUM(output_tokens) OVER (PARTITION BY campaign_id), 0) AS output_share
    FROM by_model
)
SELECT
    s.campaign_id,
    s.model,
    CAST(ROUND(c.input_tokens * s.input_share) AS BIGINT) AS input_tokens,
    CAST(ROUND(c.output_tokens * s.output_share) AS BIGINT) AS output_tokens,
    CAST((c.input_tokens * s.input_share * p.input_price
        + c.output_tokens * s.output_share * p.output_price) / 1000000 AS DECIMAL(18, 4)) AS dollars
FROM shares AS s
JOIN distillation_campaigns AS c ON c.campaign_id = s.campaign_id
LEFT JOIN prices AS p ON p.model = s.model
ORDER BY campaign_id, dollars DESC;
