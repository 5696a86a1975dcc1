package vowcheck.adapters.settings;

/// The environment variables that the functions read; a variable has the constant's name. The CDK app sets
/// them by these constants, so that the compiler checks both sides.
public enum Setting {
    /// Name of the stage, a dimension of the metrics.
    STAGE,
    /// Name of the S3 bucket that holds the model bundles and `production.json`.
    MODEL_BUCKET,
    /// How old an environment's knowledge of `production.json` may be before it asks S3 again; an ISO-8601
    /// duration.
    MODEL_REFRESH_AGE,
    /// Host name of the PostgreSQL server.
    DATABASE_HOST,
    /// Port of the PostgreSQL server.
    DATABASE_PORT,
    /// Name of the database.
    DATABASE_NAME,
    /// libpq's sslmode: `disable`, `require` or `verify-full`.
    DATABASE_SSL_MODE,
    /// File with the certificates, in PEM, one of which must have signed the server's; read where
    /// DATABASE_SSL_MODE is `verify-full`.
    DATABASE_ROOT_CERTIFICATES,
    /// `SECRET` or `IAM`: by what a function or a task proves to the database which role it works as.
    DATABASE_AUTHENTICATION,
    /// ARN or name of the secret `{"username","password"}` of the database role that the function works as; for
    /// the authentication `SECRET`.
    DATABASE_SECRET,
    /// Name of the database role that the function works as; for the authentication `IAM`.
    DATABASE_USER,
    /// Secret of the role that owns the database; migrations only.
    DATABASE_OWNER_SECRET,
    /// Secret of the role `scoring`, whose password a migration sets.
    DATABASE_SCORING_SECRET,
    /// Secret of the role `training`, whose password a migration sets.
    DATABASE_TRAINING_SECRET,
    /// Secret of the role `drift`, whose password a migration sets.
    DATABASE_DRIFT_SECRET,
    /// Secret of the role `mlflow`, whose password a migration sets and which owns the database `mlflow`.
    DATABASE_MLFLOW_SECRET,
    /// URL of the queue that takes predictions that PostgreSQL could not.
    UNLOGGED_QUEUE_URL,
    /// URL of the queue that takes predictions that PostgreSQL refuses.
    UNLOGGED_DEAD_LETTER_QUEUE_URL,
    /// ARN or name of the secret that holds the operators' names, roles and salted password hashes.
    OPERATORS_SECRET,
    /// Base URL of MLflow as it is reached from inside, up to and including its static prefix.
    MLFLOW_URL,
    /// ARN or name of the secret `{"username","password"}` that MLflow is called with.
    MLFLOW_SECRET,
    /// ARN of the scoring function's alias that serves.
    SCORING_FUNCTION,
    /// Rows of this date and later are left out of a training; the training task only.
    TRAINING_CUTOFF,
    /// Name of the workflow's execution that a training belongs to; the training task only.
    TRAINING_EXECUTION,
    /// A population stability index above this number is drift.
    PSI_THRESHOLD,
    /// Fewer logged applications than this are not judged for drift.
    DRIFT_MIN_SAMPLES
}
