-- People look into the database as this role, which reads and changes nothing. It has no password: on RDS, a token of
-- IAM lets a named person in (docs/operations.md); elsewhere nobody can log in as it.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'reader') THEN
        CREATE ROLE reader LOGIN;
    END IF;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO reader', current_database());
END
$$;

COMMENT ON ROLE reader IS 'people who read; no program works as it';

GRANT USAGE ON SCHEMA public TO reader;
GRANT SELECT ON
    divorce_predictions,
    predictions,
    scoring_requests,
    prediction_logs,
    drift_reports,
    prediction_exports,
    erasures
TO reader;
