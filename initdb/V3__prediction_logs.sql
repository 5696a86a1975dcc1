-- What was answered, for audit and drift. The features stand twice: as the contract's JSONB, and as typed columns that
-- the drift check reads several times faster.
CREATE TABLE prediction_logs (
    id                  BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id          TEXT NOT NULL,
    instance            INTEGER NOT NULL CHECK (instance >= 0),
    "timestamp"         TIMESTAMPTZ NOT NULL,
    model_version       TEXT NOT NULL,
    divorce_probability DOUBLE PRECISION NOT NULL CHECK (divorce_probability BETWEEN 0 AND 1),
    features            JSONB NOT NULL,
    endpoint            TEXT NOT NULL CHECK (endpoint IN ('single', 'batch')),
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
    -- A request that is stored again, after a retry or from the queue, changes nothing.
    UNIQUE (request_id, instance)
);

CREATE INDEX prediction_logs_timestamp ON prediction_logs ("timestamp");

COMMENT ON TABLE prediction_logs IS 'one row is one scored application; the rows of a batch share their request_id';
COMMENT ON COLUMN prediction_logs.instance IS 'place in the batch, from 0; 0 for a single application';

GRANT SELECT, INSERT ON prediction_logs TO scoring;
GRANT SELECT ON prediction_logs TO drift;
