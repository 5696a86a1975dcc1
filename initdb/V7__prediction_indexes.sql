-- Each index is written for each prediction, and the writing is most of what a batch costs: rows have one name,
-- which is their request's and their place in it, and times come nearly in order, so ranges of them say enough.
ALTER TABLE prediction_logs
    DROP CONSTRAINT prediction_logs_pkey,
    DROP CONSTRAINT prediction_logs_request_id_instance_key,
    ADD PRIMARY KEY (request_id, instance);

DROP INDEX prediction_logs_timestamp;
CREATE INDEX prediction_logs_timestamp ON prediction_logs USING brin ("timestamp") WITH (autosummarize = on);
