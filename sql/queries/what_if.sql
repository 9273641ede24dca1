-- Question: what would a lower threshold have flagged?
-- Output:   each time a family of prompts passes the thresholds below: accounts, score, and evidence.
-- Assumes:  the thresholds below: edit them. The job's own are 0.5, 8 accounts, 40 exchanges, 3 axes.
-- Runs in:  now, live
SET 'execution.runtime-mode' = 'streaming';

SELECT family, assessed_at, accounts, exchanges, score, axes, members
FROM DETECT_GROUPS(
    input => TABLE exchanges PARTITION BY family,
    on_time => DESCRIPTOR(event_time),
    flag_threshold => 0.3,
    min_accounts => 4,
    min_exchanges => 20,
    required_axes => 2,
    uid => 'what-if'
);

SET 'execution.runtime-mode' = 'batch';
