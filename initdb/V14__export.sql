-- Auditors export predictions. The role of the function that does it reads predictions and keeps the record of exports.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'audit') THEN
        CREATE ROLE audit LOGIN;
    END IF;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO audit', current_database());
END
$$;

COMMENT ON ROLE audit IS 'reads predictions to export them, and records each export';

GRANT USAGE ON SCHEMA public TO audit;
GRANT SELECT ON prediction_logs, predictions, scoring_requests TO audit;

-- Who took which predictions out of the database. Nothing of a prediction stands here, so it is kept for good.
CREATE TABLE prediction_exports (
    export_id    TEXT PRIMARY KEY,
    requested_by TEXT NOT NULL,
    reason       TEXT,
    first_day    DATE NOT NULL,
    last_day     DATE NOT NULL CHECK (last_day >= first_day),
    begun_at     TIMESTAMPTZ NOT NULL,
    row_count    BIGINT CHECK (row_count >= 0),
    ended_at     TIMESTAMPTZ
);

COMMENT ON TABLE prediction_exports IS 'one row is one export of predictions';
COMMENT ON COLUMN prediction_exports.requested_by IS 'the name of the operator or auditor';
COMMENT ON COLUMN prediction_exports.first_day IS 'the predictions of this day (UTC) to last_day were read';
COMMENT ON COLUMN prediction_exports.ended_at IS 'NULL if the export has failed or still runs';

GRANT INSERT (export_id, requested_by, reason, first_day, last_day, begun_at) ON prediction_exports TO audit;
GRANT SELECT (export_id), UPDATE (row_count, ended_at) ON prediction_exports TO audit;
