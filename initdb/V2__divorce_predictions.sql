-- The labelled rows to train on. A dump of an existing installation has these names, so they stay.
CREATE TABLE divorce_predictions (
    "index" BIGINT PRIMARY KEY,
    "Client_Income"      REAL NOT NULL,
    "Credit_Amount"      REAL NOT NULL,
    "Loan_Annuity"       REAL NOT NULL,
    "Age_Days"           REAL NOT NULL,
    "Employed_Days"      REAL NOT NULL,
    "Registration_Days"  REAL NOT NULL,
    "ID_Days"            REAL NOT NULL,
    "Phone_Change"       REAL NOT NULL,
    "Credit_Bureau"      REAL NOT NULL,
    "Education_Days"     REAL NOT NULL,
    "Divorce"            SMALLINT NOT NULL CHECK ("Divorce" IN (0, 1)),
    "Date"               DATE NOT NULL
);

CREATE INDEX divorce_predictions_date ON divorce_predictions ("Date");

COMMENT ON TABLE divorce_predictions IS 'one row is one labelled applicant';

GRANT SELECT ON divorce_predictions TO training, drift;
