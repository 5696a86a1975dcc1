-- Which model answered, by the content of its manifest: a registry that lost its versions counts from 1 again, so the
-- version alone may name two models. The constraint is not checked on older rows, which have NULL: no scan of the table.
ALTER TABLE prediction_logs ADD COLUMN manifest_sha256 BYTEA;
ALTER TABLE prediction_logs
    ADD CONSTRAINT prediction_logs_manifest_sha256_check CHECK (octet_length(manifest_sha256) = 32) NOT VALID;

COMMENT ON COLUMN prediction_logs.manifest_sha256 IS 'SHA-256 of the manifest of the model that answered; NULL in rows of before this column';
