-- Question: who else pays as the members of an open campaign pay?
-- Output:   accounts that are not members, with the payment fingerprint and the members that share it.
-- Assumes:  the producer sends payment_fingerprint; written here is its keyed hash.
-- Runs in:  now
WITH payers AS (
    SELECT DISTINCT account_id, payment FROM exchanges WHERE payment IS NOT NULL
),
members AS (
    SELECT m.campaign_id, m.account_id
    FROM distillation_campaign_members AS m
    JOIN distillation_campaigns AS c ON c.campaign_id = m.campaign_id
    WHERE c.status = 'OPEN'
),
campaign_payments AS (
    SELECT m.campaign_id, p.payment, COUNT(*) AS members
    FROM members AS m JOIN payers AS p ON p.account_id = m.account_id
    GROUP BY m.campaign_id, p.payment
)
SELECT c.campaign_id, c.payment, c.members, p.account_id
FROM campaign_payments AS c
JOIN payers AS p ON p.payment = c.payment
LEFT JOIN members AS m ON m.campaign_id = c.campaign_id AND m.account_id = p.account_id
WHERE m.account_id IS NULL
ORDER BY members DESC, account_id;
