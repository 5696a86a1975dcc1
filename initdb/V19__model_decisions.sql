-- Who put which model into production, and why: docs/adr/0031. The role of the two functions that do so adds and completes
-- rows; it changes no other column, deletes none, and reads only what finds them.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'promotion') THEN
        CREATE ROLE promotion LOGIN;
    END IF;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO promotion', current_database());
END
$$;

COMMENT ON ROLE promotion IS 'records who put which model into production';

GRANT USAGE ON SCHEMA public TO promotion;

CREATE TABLE model_decisions (
    decision_id          TEXT PRIMARY KEY,
    kind                 TEXT NOT NULL CHECK (kind ~ '^[a-z_]{1,30}$'),
    decided_by           TEXT NOT NULL CHECK (decided_by <> ''),
    reason               TEXT NOT NULL CHECK (reason <> ''),
    from_version         TEXT,
    from_manifest_sha256 BYTEA CHECK (octet_length(from_manifest_sha256) = 32),
    to_version           TEXT,
    to_manifest_sha256   BYTEA CHECK (octet_length(to_manifest_sha256) = 32),
    begun_at             TIMESTAMPTZ NOT NULL,
    done_at              TIMESTAMPTZ
);

COMMENT ON TABLE model_decisions IS 'one row is one decision about which model is in production';
COMMENT ON COLUMN model_decisions.decision_id IS 'the id of an operator''s call, or kind and execution';
COMMENT ON COLUMN model_decisions.kind IS 'what was done: promoted, rolled_back, alias_followed, taken_back, replay_ended; or what was decided about a challenger: approved, rejected, expired';
COMMENT ON COLUMN model_decisions.decided_by IS 'the name of an operator, or the training or replay';
COMMENT ON COLUMN model_decisions.from_version IS 'what was in production; NULL if nothing was, or nobody could read it';
COMMENT ON COLUMN model_decisions.to_version IS 'NULL if a promotion was taken back and no model served before it';
COMMENT ON COLUMN model_decisions.done_at IS 'NULL if it was not carried out: refused because another was faster, or interrupted';

CREATE INDEX model_decisions_begun_at ON model_decisions (begun_at);

GRANT INSERT (
    decision_id, kind, decided_by, reason, from_version, from_manifest_sha256, to_version, to_manifest_sha256, begun_at
) ON model_decisions TO promotion;
GRANT SELECT (decision_id, done_at), UPDATE (done_at) ON model_decisions TO promotion;
GRANT SELECT ON model_decisions TO reader;
