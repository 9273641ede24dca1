-- Question: what in the topics cannot be read, and is therefore missing from every other table?
-- Output:   by topic: records, those that are no JSON object, and where the last of these is.
-- Assumes:  nothing; deletions (records without a value) are no fault.
-- Runs in:  now
SELECT
    topic,
    COUNT(*) AS records,
    COUNT(*) FILTER (WHERE record IS NOT JSON OBJECT) AS unreadable,
    MAX(CASE WHEN record IS NOT JSON OBJECT THEN `offset` END) AS last_offset
FROM topic_records
WHERE record IS NOT NULL
GROUP BY topic
ORDER BY unreadable DESC, topic;
