-- The drift check counts rows by their features. It reads when and what for each was scored, and its features: not who
-- asked, not for which loan, and not what was answered, as the training. The view shows more, so it may not read that.
REVOKE SELECT ON prediction_logs, predictions, scoring_requests FROM drift;

GRANT SELECT (id, purpose) ON scoring_requests TO drift;
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
) ON predictions TO drift;
