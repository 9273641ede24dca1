-- Who is behind an address prefix, by exchanges as the job reads them.
CREATE VIEW accounts_by_prefix AS
SELECT
    ip_prefix,
    account_id,
    COUNT(DISTINCT exchange_key) AS exchanges,
    COUNT(DISTINCT family) AS families,
    COUNT(DISTINCT client) AS clients,
    MIN(seen_at) AS first_seen,
    MAX(seen_at) AS last_seen
FROM (SELECT *, CAST(event_time AS TIMESTAMP_LTZ(3)) AS seen_at FROM exchanges)
GROUP BY ip_prefix, account_id;
