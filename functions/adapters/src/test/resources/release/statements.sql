-- as audit
INSERT INTO prediction_exports (export_id, requested_by, reason, first_day, last_day, begun_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (export_id) DO NOTHING

-- as audit
UPDATE prediction_exports SET row_count = $1, ended_at = $2 WHERE export_id = $3

-- as drift
INSERT INTO drift_reports
    (checked_at, model_version, data_cutoff_date, verdict, rows, psi, drifted_features, psi_threshold,
     min_samples)
VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9)

-- as drift
SELECT grouping(bin_0, bin_1, bin_2, bin_3, bin_4, bin_5, bin_6, bin_7, bin_8, bin_9), coalesce(bin_0, bin_1, bin_2, bin_3, bin_4, bin_5, bin_6, bin_7, bin_8, bin_9), count(*)
FROM (
    SELECT width_bucket("Client_Income", $1) AS bin_0, width_bucket("Credit_Amount", $2) AS bin_1, width_bucket("Loan_Annuity", $3) AS bin_2, width_bucket("Age_Days", $4) AS bin_3, width_bucket("Employed_Days", $5) AS bin_4, width_bucket("Registration_Days", $6) AS bin_5, width_bucket("ID_Days", $7) AS bin_6, width_bucket("Phone_Change", $8) AS bin_7, width_bucket("Credit_Bureau", $9) AS bin_8, width_bucket("Education_Days", $10) AS bin_9 FROM predictions
    WHERE "timestamp" >= $11 AND NOT EXISTS (
        SELECT FROM scoring_requests WHERE id = scoring_request AND purpose = 'probe')
) AS binned
GROUP BY GROUPING SETS (bin_0, bin_1, bin_2, bin_3, bin_4, bin_5, bin_6, bin_7, bin_8, bin_9, ())

-- as erasure
DELETE FROM divorce_predictions WHERE loan_id = $1

-- as erasure
DELETE FROM erasure_tombstones WHERE kept_until < $1

-- as erasure
DELETE FROM predictions USING scoring_requests AS request
WHERE request.request_id = $1 AND request.client = $2
  AND predictions.scoring_request = request.id AND predictions."timestamp" = request."timestamp"

-- as erasure
DELETE FROM predictions WHERE loan_id = $1

-- as erasure
DELETE FROM scoring_requests WHERE request_id = $1 AND client = $2

-- as erasure
INSERT INTO erasure_tombstones (hash, erased_at, kept_until) VALUES ($1, $2, $3)
ON CONFLICT (hash) DO UPDATE SET erased_at = EXCLUDED.erased_at, kept_until = EXCLUDED.kept_until
WHERE erasure_tombstones.erased_at < EXCLUDED.erased_at

-- as erasure
INSERT INTO erasures
    (erased_at, erased_by, subject, reason, predictions, scoring_requests, labelled_rows, unlogged_objects)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- as erasure
SELECT pg_advisory_xact_lock($1)

-- as import
SELECT hash, erased_at FROM erasure_tombstones WHERE hash = ANY ($1)

-- as import
SELECT pg_advisory_xact_lock_shared($1)

-- as import
SELECT pg_try_advisory_xact_lock($1)

-- as retention
SELECT delete_requests_without_rows($1)

-- as retention
SELECT drop_prediction_partition($1, $2)

-- as retention
SELECT make_prediction_partition($1)

-- as retention
SELECT month FROM prediction_partitions()

-- as retention
SELECT month, row_count FROM predictions_outside_partitions()

-- as scoring
SELECT
    current_setting('transaction_read_only')::BOOLEAN AS read_only,
    has_table_privilege('scoring_requests', 'INSERT')
        AND has_table_privilege('predictions', 'INSERT') AS may_insert,
    has_table_privilege('scoring_requests', 'SELECT')
        AND has_table_privilege('predictions', 'SELECT') AS may_select,
    (SELECT max(version::INTEGER) FROM flyway_schema_history WHERE success) AS schema_version

-- as scoring
SELECT client FROM scoring_requests WHERE request_id = $1 ORDER BY client

-- as scoring
SELECT count(*) FROM predictions WHERE loan_id = $1

-- as scoring
SELECT hash, erased_at FROM erasure_tombstones WHERE hash = ANY ($1)

-- as scoring
SELECT pg_advisory_xact_lock_shared($1)

-- as scoring
SELECT request_id, client, endpoint, purpose, model_version, logged."timestamp", instance,
       divorce_probability
FROM predictions AS logged
JOIN scoring_requests AS request
    ON request.id = logged.scoring_request AND request."timestamp" = logged."timestamp"
WHERE loan_id = $1
ORDER BY logged."timestamp" DESC, scoring_request DESC, instance
LIMIT $2 OFFSET $3

-- as scoring
WITH request AS (INSERT INTO scoring_requests (request_id, client, "timestamp", model_version, endpoint, purpose, manifest_sha256, instances) SELECT $1, $2, $3, $4, $5::scoring_endpoint, $6::scoring_purpose, $7, $8 WHERE NOT EXISTS (SELECT FROM erasure_tombstones WHERE hash = $9) RETURNING id, "timestamp")
INSERT INTO predictions (scoring_request, "timestamp", instance, divorce_probability, "Client_Income", "Credit_Amount", "Loan_Annuity", "Age_Days", "Employed_Days", "Registration_Days", "ID_Days", "Phone_Change", "Credit_Bureau", "Education_Days", loan_id)
SELECT id, "timestamp", 0, $10::FLOAT8, $11::FLOAT4, $12::FLOAT4, $13::FLOAT4, $14::FLOAT4, $15::FLOAT4, $16::FLOAT4, $17::FLOAT4, $18::FLOAT4, $19::FLOAT4, $20::FLOAT4, $21::TEXT FROM request

-- as scoring
WITH request AS MATERIALIZED (
    SELECT id, "timestamp", model_version, endpoint, purpose, manifest_sha256, instances,
           (SELECT count(*) FROM predictions
            WHERE scoring_request = requested.id AND "timestamp" = requested."timestamp") AS left_over
    FROM scoring_requests AS requested WHERE request_id = $1 AND client = $2
)
SELECT request."timestamp", model_version, endpoint, purpose, manifest_sha256, instances, left_over,
       instance, divorce_probability, "Client_Income", "Credit_Amount", "Loan_Annuity", "Age_Days", "Employed_Days", "Registration_Days", "ID_Days", "Phone_Change", "Credit_Bureau", "Education_Days", loan_id
FROM request LEFT JOIN predictions AS logged
    ON scoring_request = id AND logged."timestamp" = request."timestamp"
       AND instance >= $3 AND instance < $4
ORDER BY instance

-- as training
SELECT "Client_Income", "Credit_Amount", "Loan_Annuity", "Age_Days", "Employed_Days", "Registration_Days", "ID_Days", "Phone_Change", "Credit_Bureau", "Education_Days", "Divorce", CASE WHEN isfinite("Date") THEN "Date" - DATE '1970-01-01' ELSE -2147483648 END, "index"
FROM divorce_predictions WHERE "Date" < $1 ORDER BY "Date", "index"

-- as training
SELECT grouping(bin_0, bin_1, bin_2, bin_3, bin_4, bin_5, bin_6, bin_7, bin_8, bin_9), coalesce(bin_0, bin_1, bin_2, bin_3, bin_4, bin_5, bin_6, bin_7, bin_8, bin_9), count(*)
FROM (
    SELECT width_bucket("Client_Income", $1) AS bin_0, width_bucket("Credit_Amount", $2) AS bin_1, width_bucket("Loan_Annuity", $3) AS bin_2, width_bucket("Age_Days", $4) AS bin_3, width_bucket("Employed_Days", $5) AS bin_4, width_bucket("Registration_Days", $6) AS bin_5, width_bucket("ID_Days", $7) AS bin_6, width_bucket("Phone_Change", $8) AS bin_7, width_bucket("Credit_Bureau", $9) AS bin_8, width_bucket("Education_Days", $10) AS bin_9 FROM predictions
    WHERE "timestamp" >= $11 AND NOT EXISTS (
        SELECT FROM scoring_requests WHERE id = scoring_request AND purpose = 'probe')
) AS binned
GROUP BY GROUPING SETS (bin_0, bin_1, bin_2, bin_3, bin_4, bin_5, bin_6, bin_7, bin_8, bin_9, ())

-- as training
SELECT obj_description('divorce_predictions'::regclass), count(*) FILTER (WHERE source = 'synthetic'),
       count(*)
FROM divorce_predictions
