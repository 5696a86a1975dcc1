-- The view shows what a shadow computed for an application: a second model, whose scores are stored beside those that were
-- answered. The columns are as old as the table. To replace a view forgets its options, so the caller's privileges are
-- required again.
CREATE OR REPLACE VIEW prediction_logs WITH (security_invoker = true) AS
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
    logged."Education_Days",
    logged.shadow_version,
    logged.shadow_probability::DOUBLE PRECISION AS shadow_probability
FROM predictions AS logged
JOIN scoring_requests AS request ON request.id = logged.scoring_request AND request."timestamp" = logged."timestamp";

COMMENT ON COLUMN predictions.shadow_probability IS 'what the model of shadow_version computed; never answered; NULL if none did, or it failed';
COMMENT ON COLUMN prediction_logs.shadow_probability IS 'what the model of shadow_version computed; never answered; NULL if none did, or it failed';

-- The drift check says how many of the rows that it counts a shadow has scored; what was computed, it does not read.
GRANT SELECT (shadow_version) ON predictions TO drift;
