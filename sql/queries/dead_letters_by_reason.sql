-- Question: what is refused, why, and since when?
-- Output:   by hour, reason and field: records, and one message as an example.
-- Assumes:  a jump of one reason is a producer that changed its format.
-- Runs in:  now, live
SELECT window_start, reason, field, COUNT(*) AS records, MAX(message) AS example
FROM TUMBLE(TABLE exchanges_dead_letter, DESCRIPTOR(written_at), INTERVAL '1' HOUR)
GROUP BY window_start, window_end, reason, field;
