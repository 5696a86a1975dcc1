-- The role that MLflow keeps its runs and users as. Its database, mlflow, is made by MigrateHandler: a database cannot
-- be created in a transaction.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mlflow') THEN
        CREATE ROLE mlflow LOGIN;
    END IF;
END
$$;

COMMENT ON ROLE mlflow IS 'owns the database mlflow, and has nothing else';

-- RDS gives its master user no superuser's rights: only a member of a role may make a database that it owns.
GRANT mlflow TO CURRENT_USER;
