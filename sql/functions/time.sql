CREATE FUNCTION EVENT_TIME AS 'io.distillwatch.sql.EventTimeFunction';
