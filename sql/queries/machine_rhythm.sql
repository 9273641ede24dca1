-- Question: which accounts work like a machine: single questions at a steady pace, without a pause?
-- Output:   each unbroken run of at least six single-turn exchanges with 2 to 30 minutes between one
--           and the next, all of one family.
-- Assumes:  people ask back, and come in bursts; the pace and the length of a run are a first guess.
-- Runs in:  now, live
SELECT account_id, family, run_start, run_end, exchanges
FROM exchanges
MATCH_RECOGNIZE (
    PARTITION BY account_id
    ORDER BY event_time
    MEASURES
        FIRST(A.family) AS family,
        FIRST(A.event_time) AS run_start,
        LAST(B.event_time) AS run_end,
        COUNT(B.event_time) + 1 AS exchanges
    ONE ROW PER MATCH
    AFTER MATCH SKIP PAST LAST ROW
    PATTERN (A B{5,} C) WITHIN INTERVAL '1' DAY
    DEFINE
        A AS A.earlier_turns = 0,
        B AS B.earlier_turns = 0
            AND B.family = LAST(A.family, 0)
            AND B.event_time >= LAST(B.event_time, 1) + INTERVAL '2' MINUTE
            AND B.event_time <= LAST(B.event_time, 1) + INTERVAL '30' MINUTE,
        C AS C.earlier_turns >= 0
);
