-- Question: which accounts took the place of banned ones?
-- Output:   a removed member and each account that joined the same campaign within 24 hours of its
--           last exchange, with the minutes between.
-- Assumes:  a member is REMOVED when it was banned or pruned.
-- Runs in:  now, live
SELECT
    gone.campaign_id,
    gone.account_id AS removed_account,
    gone.last_seen AS removed_last_seen,
    heir.account_id AS new_account,
    heir.first_seen AS new_first_seen,
    TIMESTAMPDIFF(MINUTE, gone.last_seen, heir.first_seen) AS minutes_between
FROM distillation_campaign_members AS gone
JOIN distillation_campaign_members AS heir
    ON heir.campaign_id = gone.campaign_id
    AND heir.first_seen > gone.last_seen
    AND heir.first_seen <= gone.last_seen + INTERVAL '24' HOUR
WHERE gone.status = 'REMOVED' AND heir.status = 'ACTIVE';
