-- Training compares the newest labelled rows with the applications that were scored lately. It reads when and what for
-- each was scored, and its features: not who asked, not under which id, and not what was answered.
GRANT SELECT (
    "timestamp",
    purpose,
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
) ON prediction_logs TO training;
