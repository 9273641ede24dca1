-- Question: what would a lower threshold have flagged?
-- Output:   each time a family of prompts passes the thresholds below: accounts, score, and evidence.
-- Assumes:  the thresholds below: edit them. The job's own are 0.5, 12 accounts, 40 exchanges, 3 axes;
--           at 0.0 and no axis every group that is large enough shows its score. Yesterday only:
--           input => (SELECT * FROM exchanges WHERE event_time >= TIMESTAMP '...').
-- Runs in:  now, live
SET 'execution.runtime-mode' = 'streaming';

SELECT candidate AS family, assessed_at, accounts, exchanges, score, axes, members
FROM DETECT_GROUPS(
    input => TABLE exchanges,
    group_by => DESCRIPTOR(family),
    on_time => DESCRIPTOR(event_time),
    flag_threshold => CAST(0.0 AS DOUBLE),
    min_accounts => 4,
    min_exchanges => 20,
    required_axes => 0,
    uid => 'what-if'
);

SET 'execution.runtime-mode' = 'batch';
