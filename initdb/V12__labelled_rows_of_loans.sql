-- A labelled row says whose it is and where it comes from. The dump of an existing installation has neither column and
-- loads as before, even where it names no columns: both come last, and have a default.
CREATE TYPE labelled_row_source AS ENUM ('dump', 'import', 'outcome', 'synthetic');

ALTER TABLE divorce_predictions ADD COLUMN loan_id loan_id;

-- Until now a table held either the synthetic population, which its comment names, or a dump.
DO $$
BEGIN
    EXECUTE format(
        'ALTER TABLE divorce_predictions ADD COLUMN source labelled_row_source NOT NULL DEFAULT %L',
        CASE
            WHEN obj_description('divorce_predictions'::regclass) LIKE '%; synthetic %' THEN 'synthetic'
            ELSE 'dump'
        END);
END
$$;

ALTER TABLE divorce_predictions ALTER COLUMN source SET DEFAULT 'dump';

COMMENT ON COLUMN divorce_predictions.loan_id IS 'the client''s name for the loan, if it is known; never a feature';
COMMENT ON COLUMN divorce_predictions.source IS 'dump: of an existing installation; import: of raw files; outcome: what became of a scored application; synthetic: generated';

CREATE INDEX divorce_predictions_loan_id ON divorce_predictions (loan_id) WHERE loan_id IS NOT NULL;

-- Training reads the features, the label, the date and the index, not whose the row is. The drift check compares
-- predictions with the distributions that the model's manifest states, and reads no labelled row.
REVOKE SELECT ON divorce_predictions FROM training, drift;
GRANT SELECT (
    "index",
    "Client_Income",
    "Credit_Amount",
    "Loan_Annuity",
    "Age_Days",
    "Employed_Days",
    "Registration_Days",
    "ID_Days",
    "Phone_Change",
    "Credit_Bureau",
    "Education_Days",
    "Divorce",
    "Date"
) ON divorce_predictions TO training;
