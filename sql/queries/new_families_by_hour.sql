-- Question: how many accounts share each prompt family, hour by hour, as it happens?
-- Output:   for every hour the ten families with the most distinct accounts.
-- Assumes:  a family is the leading words of a prompt.
-- Runs in:  now, live
SELECT window_start, family, accounts, exchanges
FROM (
    SELECT
        *,
        ROW_NUMBER() OVER (
            PARTITION BY window_start, window_end ORDER BY accounts DESC, exchanges DESC) AS place
    FROM (
        SELECT
            window_start,
            window_end,
            family,
            COUNT(DISTINCT account_id) AS accounts,
            COUNT(*) AS exchanges
        FROM TUMBLE(TABLE exchanges, DESCRIPTOR(event_time), INTERVAL '1' HOUR)
        GROUP BY window_start, window_end, family
    )
)
WHERE place <= 10 AND accounts > 1;
