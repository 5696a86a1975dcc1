-- Who asked, and what for: a repeated request is answered to its own client only, and probes are not counted.
ALTER TABLE prediction_logs
    ADD COLUMN purpose    TEXT NOT NULL DEFAULT 'application' CHECK (purpose IN ('application', 'probe')),
    ADD COLUMN api_key_id TEXT NOT NULL DEFAULT 'unknown';

COMMENT ON COLUMN prediction_logs.purpose IS 'application: a couple asks for the loan; probe: an operator tries the service, left out of drift and counts';
COMMENT ON COLUMN prediction_logs.api_key_id IS 'the API key that the request came with, by its id; unknown owns nothing';
