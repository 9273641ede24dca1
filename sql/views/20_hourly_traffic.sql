-- Traffic by the hour: the curve against which everything else is read.
CREATE VIEW hourly_traffic AS
SELECT
    window_start,
    window_end,
    COUNT(*) AS exchanges,
    SUM(input_tokens) AS input_tokens,
    SUM(output_tokens) AS output_tokens,
    COUNT(DISTINCT account_id) AS accounts,
    COUNT(DISTINCT ip_prefix) AS prefixes,
    COUNT(DISTINCT family) AS families,
    ENTROPY(family) AS family_entropy,
    TOP_SHARE(family) AS top_family_share
FROM TUMBLE(TABLE exchanges, DESCRIPTOR(event_time), INTERVAL '1' HOUR)
GROUP BY window_start, window_end;
