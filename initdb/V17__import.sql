-- Labelled rows come in by files: docs/adr/0028. The role of the task that loads them adds rows; it reads, changes and
-- deletes none. It reads tombstones, so that what was erased does not come back with a file.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'import') THEN
        CREATE ROLE import LOGIN;
    END IF;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO import', current_database());
END
$$;

COMMENT ON ROLE import IS 'adds labelled rows from files';

GRANT USAGE ON SCHEMA public TO import;
GRANT INSERT ON divorce_predictions TO import;
GRANT SELECT (hash, erased_at) ON erasure_tombstones TO import;

-- Training says in each model whether its rows are synthetic.
GRANT SELECT (source) ON divorce_predictions TO training;
