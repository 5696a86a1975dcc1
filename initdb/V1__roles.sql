-- Who may enter the database. Passwords are not here: MigrateHandler sets them from Secrets Manager after each migration.
-- Roles belong to the server, not to the database, so one that exists already is kept.
DO $$
DECLARE
    role_name TEXT;
BEGIN
    FOREACH role_name IN ARRAY ARRAY ['scoring', 'training', 'drift'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', role_name);
        END IF;
    END LOOP;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO scoring, training, drift', current_database());
END
$$;

COMMENT ON ROLE scoring IS 'stores and reads predictions';
COMMENT ON ROLE training IS 'reads the labelled rows';
COMMENT ON ROLE drift IS 'reads labelled rows and predictions to compare them';

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO scoring, training, drift;
