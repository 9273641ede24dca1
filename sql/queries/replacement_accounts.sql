-- Question: which accounts took the place of those that fell silent, banned ones for instance?
-- Output:   a member that was last seen at least half an hour before its campaign was, and each member
--           first seen within the hour after, with the minutes between.
-- Assumes:  accounts of a campaign are busy: half an hour of silence is the end of one.
-- Runs in:  now, live
SELECT
    gone.campaign_id,
    gone.account_id AS silent_account,
    gone.last_seen AS silent_since,
    heir.account_id AS new_account,
    heir.first_seen AS new_first_seen,
    TIMESTAMPDIFF(MINUTE, gone.last_seen, heir.first_seen) AS minutes_between
FROM distillation_campaign_members AS gone
JOIN distillation_campaigns AS c
    ON c.campaign_id = gone.campaign_id AND gone.last_seen < c.last_seen - INTERVAL '30' MINUTE
JOIN distillation_campaign_members AS heir
    ON heir.campaign_id = gone.campaign_id
    AND heir.first_seen > gone.last_seen
    AND heir.first_seen <= gone.last_seen + INTERVAL '1' HOUR
WHERE c.status = 'OPEN';
