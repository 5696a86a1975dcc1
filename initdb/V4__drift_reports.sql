-- What each drift check found, so that every retraining for drift has its reason on record.
CREATE TABLE drift_reports (
    id               BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    checked_at       TIMESTAMPTZ NOT NULL,
    model_version    TEXT NOT NULL,
    data_cutoff_date DATE NOT NULL,
    verdict          TEXT NOT NULL CHECK (verdict IN ('too_few_rows', 'stable', 'drifted')),
    rows             BIGINT NOT NULL CHECK (rows >= 0),
    psi              JSONB NOT NULL,
    drifted_features TEXT[] NOT NULL,
    psi_threshold    DOUBLE PRECISION NOT NULL CHECK (psi_threshold > 0),
    min_samples      INTEGER NOT NULL CHECK (min_samples > 0)
);

CREATE INDEX drift_reports_checked_at ON drift_reports (checked_at);

COMMENT ON TABLE drift_reports IS 'one row is one drift check';
COMMENT ON COLUMN drift_reports.data_cutoff_date IS 'applications logged from this day (UTC) on were compared';
COMMENT ON COLUMN drift_reports.psi IS 'population stability index by feature; empty where no application was logged';

GRANT SELECT, INSERT ON drift_reports TO drift;
