-- Question: which accounts work like a machine: single questions at a steady pace, without a pause?
-- Output:   each run of six single-turn exchanges of one family with 2 to 30 minutes between one and
--           the next; a longer run comes as several.
-- Assumes:  people ask back, and come in bursts; pace and length of a run are a first guess.
-- Runs in:  now, live
SELECT account_id, family, run_start, run_end
FROM exchanges
MATCH_RECOGNIZE (
    PARTITION BY account_id
    ORDER BY event_time
    MEASURES
        A.family AS family,
        A.event_time AS run_start,
        LAST(B.event_time) AS run_end
    ONE ROW PER MATCH
    AFTER MATCH SKIP PAST LAST ROW
    PATTERN (A B{5}) WITHIN INTERVAL '1' DAY
    DEFINE
        A AS A.earlier_turns = 0,
        B AS B.earlier_turns = 0
            AND B.family = A.family
            AND B.event_time
                >= COALESCE(LAST(B.event_time, 1), LAST(A.event_time)) + INTERVAL '2' MINUTE
            AND B.event_time
                <= COALESCE(LAST(B.event_time, 1), LAST(A.event_time)) + INTERVAL '30' MINUTE
);
