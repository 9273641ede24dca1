-- The detector's vocabulary. Each function runs the job's own classes; README.md has an example of each.

-- Addresses and text
CREATE FUNCTION IP_PREFIX AS 'io.distillwatch.sql.function.IpPrefixFunction';
CREATE FUNCTION PROMPT_FINGERPRINT AS 'io.distillwatch.sql.function.PromptFingerprintFunction';
CREATE FUNCTION PROMPT_FAMILY AS 'io.distillwatch.sql.function.PromptFamilyFunction';

-- Counting distinct values in little space
CREATE FUNCTION DISTINCT_SKETCH AS 'io.distillwatch.sql.function.DistinctSketchFunction';
CREATE FUNCTION MERGE_SKETCHES AS 'io.distillwatch.sql.function.MergeSketchesFunction';
CREATE FUNCTION SKETCH_ESTIMATE AS 'io.distillwatch.sql.function.SketchEstimateFunction';
CREATE FUNCTION SKETCH_UNION AS 'io.distillwatch.sql.function.SketchUnionFunction';
CREATE FUNCTION SKETCH_OVERLAP AS 'io.distillwatch.sql.function.SketchOverlapFunction';

-- Diversity
CREATE FUNCTION ENTROPY AS 'io.distillwatch.sql.function.EntropyFunction';
CREATE FUNCTION TOP_SHARE AS 'io.distillwatch.sql.function.TopShareFunction';

-- Reading the topics as the job does
CREATE FUNCTION EVENT_TIME AS 'io.distillwatch.sql.function.EventTimeFunction';
CREATE FUNCTION READ_EXCHANGE AS 'io.distillwatch.sql.function.ReadExchangeFunction';

-- The detector itself
CREATE FUNCTION DETECT_GROUPS AS 'io.distillwatch.sql.function.DetectGroupsFunction';
