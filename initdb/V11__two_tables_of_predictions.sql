-- Two tables in place of prediction_logs, which repeated a request's texts in each of its rows and held the features
-- twice: a quarter of the bytes, and a quarter of the time to store them. prediction_logs becomes a view on them. Every
-- row is moved, in this transaction; predictions that are made meanwhile wait in the queue. docs/adr/0018 says why, and
-- how the next change of a table that holds real rows is made.
LOCK TABLE prediction_logs IN ACCESS EXCLUSIVE MODE;

-- Conditions belong to the types: PostgreSQL reads the CHECKs of a table again for each statement, those of a domain
-- once for each connection.
CREATE TYPE scoring_endpoint AS ENUM ('single', 'batch');
CREATE TYPE scoring_purpose AS ENUM ('application', 'probe');
CREATE DOMAIN probability AS DOUBLE PRECISION CHECK (VALUE BETWEEN 0 AND 1);
CREATE DOMAIN manifest_hash AS BYTEA CHECK (octet_length(VALUE) = 32);
-- Less than 2^20: the view makes one unique number of a request's id and this.
CREATE DOMAIN instance_index AS INTEGER CHECK (VALUE BETWEEN 0 AND 1048575);
CREATE DOMAIN instance_count AS INTEGER CHECK (VALUE > 0);
CREATE DOMAIN loan_id AS TEXT CHECK (octet_length(VALUE) BETWEEN 1 AND 64);

-- Columns of a fixed width come first, so that no bytes are lost to alignment.
CREATE TABLE scoring_requests (
    id              BIGINT GENERATED ALWAYS AS IDENTITY,
    "timestamp"     TIMESTAMPTZ NOT NULL,
    instances       instance_count NOT NULL,
    endpoint        scoring_endpoint NOT NULL,
    purpose         scoring_purpose NOT NULL,
    request_id      TEXT NOT NULL,
    client          TEXT NOT NULL,
    model_version   TEXT NOT NULL,
    manifest_sha256 manifest_hash
);

COMMENT ON TABLE scoring_requests IS 'one row is one scored request, with what its applications have in common';
COMMENT ON COLUMN scoring_requests.instances IS 'how many applications the request had when it was answered';
COMMENT ON COLUMN scoring_requests.purpose IS 'application: a couple asks for the loan; probe: an operator tries the service, left out of drift and counts';
COMMENT ON COLUMN scoring_requests.client IS 'the program that made the request and owns its rows; unknown owns nothing';
COMMENT ON COLUMN scoring_requests.manifest_sha256 IS 'SHA-256 of the manifest of the model that answered; NULL in requests of before this was stored';

CREATE TABLE predictions (
    scoring_request     BIGINT NOT NULL,
    "timestamp"         TIMESTAMPTZ NOT NULL,
    divorce_probability probability NOT NULL,
    instance            instance_index NOT NULL,
    "Client_Income"     REAL NOT NULL,
    "Credit_Amount"     REAL NOT NULL,
    "Loan_Annuity"      REAL NOT NULL,
    "Age_Days"          REAL NOT NULL,
    "Employed_Days"     REAL NOT NULL,
    "Registration_Days" REAL NOT NULL,
    "ID_Days"           REAL NOT NULL,
    "Phone_Change"      REAL NOT NULL,
    "Credit_Bureau"     REAL NOT NULL,
    "Education_Days"    REAL NOT NULL,
    loan_id             loan_id,
    shadow_version      TEXT,
    shadow_probability  probability
) PARTITION BY RANGE ("timestamp");

COMMENT ON TABLE predictions IS 'one row is one scored application; a partition has those of one month (UTC)';
COMMENT ON COLUMN predictions.scoring_request IS 'scoring_requests.id; no foreign key, which would look the request up for each of its rows: one statement writes both tables';
COMMENT ON COLUMN predictions."timestamp" IS 'that of the request, repeated since it decides about the partition';
COMMENT ON COLUMN predictions.instance IS 'place in the batch, from 0; 0 for a single application';
COMMENT ON COLUMN predictions.loan_id IS 'the client''s name for the loan, if it gave one; never a feature';
COMMENT ON COLUMN predictions.shadow_version IS 'the version of a second model that scored the application without being answered; NULL if none did';

CREATE TABLE predictions_default PARTITION OF predictions DEFAULT;

-- The months that have rows already, this one, and the next three.
DO $$
DECLARE
    month TIMESTAMP;
BEGIN
    FOR month IN
        SELECT date_trunc('month', "timestamp" AT TIME ZONE 'UTC') FROM prediction_logs WHERE isfinite("timestamp")
        UNION
        SELECT date_trunc('month', now() AT TIME ZONE 'UTC') + later * INTERVAL '1 month'
        FROM generate_series(0, 3) AS later
    LOOP
        EXECUTE format(
            'CREATE TABLE %I PARTITION OF predictions FOR VALUES FROM (%L) TO (%L)',
            to_char(month, '"predictions_y"YYYY"m"MM'),
            month AT TIME ZONE 'UTC',
            (month + INTERVAL '1 month') AT TIME ZONE 'UTC');
    END LOOP;
END
$$;

SET LOCAL work_mem = '64MB';

-- A request takes what its rows have in common from the first of them.
INSERT INTO scoring_requests
    ("timestamp", instances, endpoint, purpose, request_id, client, model_version, manifest_sha256)
SELECT
    "timestamp", instances, endpoint::scoring_endpoint, purpose::scoring_purpose, request_id, client, model_version,
    manifest_sha256
FROM prediction_logs
JOIN (
    SELECT request_id, client, min(instance) AS instance, count(*) AS instances
    FROM prediction_logs
    GROUP BY request_id, client
) AS requests USING (request_id, client, instance)
ORDER BY id;

ANALYZE scoring_requests;

INSERT INTO predictions
    (scoring_request, "timestamp", divorce_probability, instance, "Client_Income", "Credit_Amount", "Loan_Annuity",
     "Age_Days", "Employed_Days", "Registration_Days", "ID_Days", "Phone_Change", "Credit_Bureau", "Education_Days")
SELECT
    scoring_requests.id, scoring_requests."timestamp", divorce_probability, instance, "Client_Income", "Credit_Amount",
    "Loan_Annuity", "Age_Days", "Employed_Days", "Registration_Days", "ID_Days", "Phone_Change", "Credit_Bureau",
    "Education_Days"
FROM prediction_logs
JOIN scoring_requests USING (request_id, client)
ORDER BY scoring_requests.id, instance;

DO $$
DECLARE
    expected BIGINT := (SELECT count(*) FROM prediction_logs);
    moved    BIGINT := (SELECT count(*) FROM predictions);
    counted  BIGINT := (SELECT coalesce(sum(instances), 0) FROM scoring_requests);
BEGIN
    IF moved <> expected OR counted <> expected THEN
        RAISE 'prediction_logs has % rows, but % were moved, and the requests count %', expected, moved, counted;
    END IF;
END
$$;

-- Ids of requests only grow, so their indexes have no use for free space within pages that are complete.
ALTER TABLE scoring_requests ADD PRIMARY KEY (id) WITH (fillfactor = 100);

-- A request that is stored again, after a retry or from the queue, changes nothing. Each client chooses its ids by
-- itself; an operator looks an id up without its client, so the id comes first.
ALTER TABLE scoring_requests ADD UNIQUE (request_id, client);

-- The few requests that drift leaves out.
CREATE INDEX scoring_requests_probes ON scoring_requests (id) WHERE purpose = 'probe';

-- Times come nearly in order, so ranges of them say enough.
CREATE INDEX scoring_requests_timestamp ON scoring_requests USING brin ("timestamp") WITH (autosummarize = on);
CREATE INDEX predictions_timestamp ON predictions USING brin ("timestamp") WITH (autosummarize = on);

-- The rows of a batch have one entry together.
CREATE INDEX predictions_scoring_request ON predictions (scoring_request) WITH (fillfactor = 100);
CREATE INDEX predictions_loan_id ON predictions (loan_id) WHERE loan_id IS NOT NULL;

ANALYZE predictions;

DROP TABLE prediction_logs;

-- The columns that clients of the former table know come first, and as the types that they had. Who asks needs the
-- privileges on the tables as well, so that the view shows nobody more than they do. It joins on the time, too:
-- a request that is looked up reads one partition. Each to_jsonb counts as an operation; with that many, PostgreSQL makes
-- the object after ORDER BY and LIMIT, for the rows that are wanted.
CREATE VIEW prediction_logs WITH (security_invoker = true) AS
SELECT
    request.id * 1048576 + logged.instance AS id,
    request.request_id,
    logged."timestamp",
    request.model_version,
    logged.divorce_probability::DOUBLE PRECISION AS divorce_probability,
    jsonb_strip_nulls(jsonb_build_object(
        'Client_Income', to_jsonb(logged."Client_Income"),
        'Credit_Amount', to_jsonb(logged."Credit_Amount"),
        'Loan_Annuity', to_jsonb(logged."Loan_Annuity"),
        'Age_Days', to_jsonb(logged."Age_Days"),
        'Employed_Days', to_jsonb(logged."Employed_Days"),
        'Registration_Days', to_jsonb(logged."Registration_Days"),
        'ID_Days', to_jsonb(logged."ID_Days"),
        'Phone_Change', to_jsonb(logged."Phone_Change"),
        'Credit_Bureau', to_jsonb(logged."Credit_Bureau"),
        'Education_Days', to_jsonb(logged."Education_Days")
    )) AS features,
    request.endpoint::TEXT AS endpoint,
    logged.instance::INTEGER AS instance,
    request.purpose::TEXT AS purpose,
    request.client,
    request.manifest_sha256::BYTEA AS manifest_sha256,
    logged.loan_id::TEXT AS loan_id,
    logged."Client_Income",
    logged."Credit_Amount",
    logged."Loan_Annuity",
    logged."Age_Days",
    logged."Employed_Days",
    logged."Registration_Days",
    logged."ID_Days",
    logged."Phone_Change",
    logged."Credit_Bureau",
    logged."Education_Days"
FROM predictions AS logged
JOIN scoring_requests AS request ON request.id = logged.scoring_request AND request."timestamp" = logged."timestamp";

COMMENT ON VIEW prediction_logs IS 'one row is one scored application, with what its request says';
COMMENT ON COLUMN prediction_logs.id IS 'unique and stable; not indexed';
COMMENT ON COLUMN prediction_logs.features IS 'made of the features'' columns; one that is missing does not stand in it';

GRANT SELECT, INSERT ON scoring_requests, predictions TO scoring;
GRANT SELECT ON scoring_requests, predictions TO drift;
GRANT SELECT ON prediction_logs TO scoring, drift;

-- Training compares the newest labelled rows with the applications that were scored lately. It reads when and what for
-- each was scored, and its features: not who asked, not under which id, for which loan, and not what was answered.
GRANT SELECT (id, purpose) ON scoring_requests TO training;
GRANT SELECT (
    scoring_request,
    "timestamp",
    "Client_Income",
    "Credit_Amount",
    "Loan_Annuity",
    "Age_Days",
    "Employed_Days",
    "Registration_Days",
    "ID_Days",
    "Phone_Change",
    "Credit_Bureau",
    "Education_Days"
) ON predictions TO training;
