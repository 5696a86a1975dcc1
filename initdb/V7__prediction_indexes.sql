-- Each index is written for each prediction, and the writing is most of what a batch costs. A row is found by its
-- request and its place in it; times come nearly in order, so ranges of them say enough.
ALTER TABLE prediction_logs DROP CONSTRAINT prediction_logs_pkey;

COMMENT ON COLUMN prediction_logs.id IS 'counts rows as they are stored; not indexed';

DROP INDEX prediction_logs_timestamp;
CREATE INDEX prediction_logs_timestamp ON prediction_logs USING brin ("timestamp") WITH (autosummarize = on);
