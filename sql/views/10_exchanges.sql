-- What the job accepts of the topic llm-exchanges, as the job sees it: hashes where there was text.
-- The same exchange_key twice is one exchange sent twice; the job counts it once.
CREATE VIEW exchanges AS
SELECT
    exchange.exchange_key AS exchange_key,
    exchange.account_id AS account_id,
    event_time,
    exchange.ip_prefix AS ip_prefix,
    exchange.organization_id AS organization_id,
    exchange.model AS model,
    exchange.input_tokens AS input_tokens,
    exchange.output_tokens AS output_tokens,
    exchange.prompt AS prompt,
    exchange.family AS family,
    exchange.body AS body,
    exchange.system_prompt AS system_prompt,
    exchange.client AS client,
    exchange.payment AS payment,
    exchange.conversation AS conversation,
    exchange.account_created_at AS account_created_at,
    exchange.prompt_tokens AS prompt_tokens,
    exchange.earlier_turns AS earlier_turns,
    exchange.cues AS cues,
    exchange.features AS features
FROM exchange_records
WHERE exchange.refusal IS NULL;

-- What the job refuses, and why. Unlike exchanges_dead_letter it needs no job to have run.
CREATE VIEW refused_exchanges AS
SELECT
    exchange.refusal AS reason,
    exchange.refused_field AS field,
    exchange.message AS message,
    `partition`,
    `offset`,
    ingested_at
FROM exchange_records
WHERE exchange.refusal IS NOT NULL;
