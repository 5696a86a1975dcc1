-- Predictions belong to a client, whichever API key it used: an id of a key ends with the key. The clerks' application
-- was the only client until now. Nobody has deployed the former schema, so the column is renamed, not added beside it.
ALTER TABLE prediction_logs RENAME COLUMN api_key_id TO client;
ALTER TABLE prediction_logs ALTER COLUMN client DROP DEFAULT;
ALTER TABLE prediction_logs
    ALTER COLUMN client TYPE TEXT USING CASE client WHEN 'unknown' THEN 'unknown' ELSE 'clerks' END;

COMMENT ON COLUMN prediction_logs.client IS 'the program that made the request and owns the row; unknown owns nothing';

-- Each client chooses its ids by itself. An operator looks an id up without its client, so the id comes first.
ALTER TABLE prediction_logs DROP CONSTRAINT prediction_logs_request_id_instance_key;
ALTER TABLE prediction_logs ADD UNIQUE (request_id, client, instance);

COMMENT ON TABLE prediction_logs IS 'one row is one scored application; the rows of a batch share their client and request_id';
