-- Erasing what is stored about a person (GDPR, article 17): docs/adr/0019. One role may delete, and it can read what it
-- finds the rows by, but no feature and no probability.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'erasure') THEN
        CREATE ROLE erasure LOGIN;
    END IF;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO erasure', current_database());
END
$$;

COMMENT ON ROLE erasure IS 'deletes the rows of a person, and records that it did';

GRANT USAGE ON SCHEMA public TO erasure;

CREATE TABLE erasures (
    id               BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    erased_at        TIMESTAMPTZ NOT NULL,
    erased_by        TEXT NOT NULL,
    subject          TEXT NOT NULL CHECK (subject IN ('loan', 'request')),
    reason           TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    predictions      BIGINT NOT NULL CHECK (predictions >= 0),
    scoring_requests BIGINT NOT NULL CHECK (scoring_requests >= 0),
    labelled_rows    BIGINT NOT NULL CHECK (labelled_rows >= 0),
    unlogged_objects BIGINT NOT NULL CHECK (unlogged_objects >= 0)
);

COMMENT ON TABLE erasures IS 'one row is one erasure: who did it, when, why, and how much was deleted; not whose it was';
COMMENT ON COLUMN erasures.erased_by IS 'the operator''s name';
COMMENT ON COLUMN erasures.subject IS 'loan: the applications and labelled rows of a loan; request: a whole request with its id';
COMMENT ON COLUMN erasures.reason IS 'in the operator''s words; must not name the person';

CREATE TABLE erasure_tombstones (
    hash       BYTEA PRIMARY KEY CHECK (octet_length(hash) = 32),
    erased_at  TIMESTAMPTZ NOT NULL,
    kept_until TIMESTAMPTZ NOT NULL
);

COMMENT ON TABLE erasure_tombstones IS 'one row is one loan or request that was erased and may come again: from the queue, or when a client repeats its call';
COMMENT ON COLUMN erasure_tombstones.hash IS 'HMAC-SHA-256 of the loan''s id, or of client and request id, with the key in Secrets Manager';
COMMENT ON COLUMN erasure_tombstones.erased_at IS 'of a loan, what was answered later is stored';
COMMENT ON COLUMN erasure_tombstones.kept_until IS 'when nothing can come again any more; a later erasure deletes the row then';

GRANT SELECT, INSERT ON erasures TO erasure;
GRANT SELECT, INSERT, UPDATE, DELETE ON erasure_tombstones TO erasure;
GRANT SELECT (loan_id, scoring_request, "timestamp"), DELETE ON predictions TO erasure;
GRANT SELECT (id, request_id, client, "timestamp"), DELETE ON scoring_requests TO erasure;
GRANT SELECT (loan_id), DELETE ON divorce_predictions TO erasure;

-- What is stored from the queue is looked up, and so is an id that nothing is found under.
GRANT SELECT ON erasure_tombstones TO scoring;
