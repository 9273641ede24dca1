-- A session that is ready to type in. Connection settings are given once, here; every other file
-- of sql/ takes them from the catalog. The option names are those of the job, without
-- their "distillwatch." in front:
--
--   'kafka.properties.security.protocol' = 'SASL_SSL', 'kafka.properties-file' = '/etc/kafka/client.properties',
--   'kafka.topic.llm-exchanges' = 'gateway-log', 'fingerprint.secret-file' = '/etc/distillwatch/secret'
--
-- and may as well stand in the gateway's configuration, with that prefix.

CREATE CATALOG IF NOT EXISTS distillwatch WITH (
    'type' = 'distillwatch'
);

USE CATALOG distillwatch;

-- `now`: each topic as far as it has come; queries end. `live`: queries go on.
USE `now`;
SET 'execution.runtime-mode' = 'batch';

-- What a streaming query remembers of a key that is not seen again: one day more than the job
-- remembers a group, so that an open campaign never looks new.
SET 'table.exec.state.ttl' = '8 d';

-- A topic with fewer records than partitions must not hold back the others.
SET 'table.exec.source.idle-timeout' = '60 s';

SET 'table.local-time-zone' = 'UTC';
SET 'sql-client.execution.result-mode' = 'tableau';
