-- Question: which conversations move from account to account?
-- Output:   conversations with exchanges on more than one account, and whether these are members.
-- Assumes:  the producer sends conversation_id; among ordinary users this is next to never.
-- Runs in:  now
SELECT
    e.conversation,
    COUNT(DISTINCT e.account_id) AS accounts,
    COUNT(DISTINCT m.account_id) AS members,
    COUNT(DISTINCT e.exchange_key) AS exchanges,
    MIN(e.account_id) AS one_account,
    MAX(e.account_id) AS another_account,
    MAX(e.event_time) AS last_seen
FROM exchanges AS e
LEFT JOIN distillation_campaign_members AS m ON m.account_id = e.account_id
WHERE e.conversation IS NOT NULL
GROUP BY e.conversation
HAVING COUNT(DISTINCT e.account_id) > 1
ORDER BY accounts DESC, conversation;
