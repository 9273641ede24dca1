-- Question: whose customers are the accounts that were flagged?
-- Output:   active members with plan and contact from the customer list.
-- Assumes:  a customer list as CSV at the path below: edit it. The same query reads a database: a
--           table with 'connector' = 'jdbc', 'url', 'table-name', and Flink's JDBC connector.
-- Runs in:  now
CREATE TEMPORARY TABLE customers (
    account_id STRING,
    plan STRING,
    contact STRING
) WITH (
    'connector' = 'filesystem',
    'path' = '/var/lib/distillwatch/customers.csv',
    'format' = 'csv',
    'csv.ignore-parse-errors' = 'true'
);

SELECT
    m.campaign_id,
    m.account_id,
    m.exchanges,
    m.score,
    COALESCE(c.plan, 'unknown') AS plan,
    c.contact
FROM distillation_campaign_members AS m
LEFT JOIN customers AS c ON c.account_id = m.account_id
WHERE m.status = 'ACTIVE'
ORDER BY campaign_id, account_id;
