-- Question: how much traffic is there, from whom, and how diverse?
-- Output:   one row an hour, as they come; over `now`, add ORDER BY window_start.
-- Assumes:  duplicates count: this is traffic, not work.
-- Runs in:  now, live
SELECT
    window_start, exchanges, accounts, prefixes, families, family_entropy, top_family_share
FROM hourly_traffic;
