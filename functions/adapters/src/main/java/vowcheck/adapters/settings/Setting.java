package vowcheck.adapters.settings;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The environment variables that functions and tasks read; a variable has the constant's name. Each program
/// declares the set that it reads, and the CDK app sets exactly these.
public enum Setting {
    /// Name of the stage, a dimension of the metrics.
    STAGE,
    /// Name of the S3 bucket that holds the model bundles and `production.json`.
    MODEL_BUCKET,
    /// How long a function relies on its copies of `production.json` and of the ends of API keys before it
    /// asks S3 again; an ISO-8601 duration.
    MODEL_REFRESH_AGE,
    /// Host name of the PostgreSQL server.
    DATABASE_HOST,
    /// Port of the PostgreSQL server.
    DATABASE_PORT,
    /// Name of the database.
    DATABASE_NAME,
    /// libpq's sslmode: `disable`, `require` or `verify-full`.
    DATABASE_SSL_MODE,
    /// File in PEM with the certificates of the authorities that may sign the server's; used if
    /// DATABASE_SSL_MODE is `verify-full`.
    DATABASE_ROOT_CERTIFICATES,
    /// `SECRET` or `IAM`: how a function or a task proves to the database which role it works as.
    DATABASE_AUTHENTICATION,
    /// ARN or name of the secret `{"username","password"}` of the database role that the function works as;
    /// only with the authentication `SECRET`.
    DATABASE_SECRET(DATABASE_AUTHENTICATION, "SECRET"),
    /// Name of the database role that the function works as; only with the authentication `IAM`.
    DATABASE_USER(DATABASE_AUTHENTICATION, "IAM"),
    /// Secret of the role that owns the database; migrations only.
    DATABASE_OWNER_SECRET,
    /// Secret of the role `scoring`, whose password a migration sets.
    DATABASE_SCORING_SECRET,
    /// Secret of the role `training`, whose password a migration sets.
    DATABASE_TRAINING_SECRET,
    /// Secret of the role `drift`, whose password a migration sets.
    DATABASE_DRIFT_SECRET,
    /// Secret of the role `retention`, whose password a migration sets.
    DATABASE_RETENTION_SECRET,
    /// Secret of the role `audit`, whose password a migration sets.
    DATABASE_AUDIT_SECRET,
    /// Secret of the role `erasure`, whose password a migration sets.
    DATABASE_ERASURE_SECRET,
    /// Secret of the role `import`, whose password a migration sets.
    DATABASE_IMPORT_SECRET,
    /// Secret of the role `promotion`, whose password a migration sets.
    DATABASE_PROMOTION_SECRET,
    /// Secret of the role `mlflow`, whose password a migration sets and which owns the database `mlflow`.
    DATABASE_MLFLOW_SECRET,
    /// How long automatic backups of the database are kept; an ISO-8601 duration, zero for none.
    DATABASE_BACKUPS,
    /// ARN or name of the secret with the key of the tombstones of what was erased.
    TOMBSTONE_KEY_SECRET,
    /// URL of the queue for predictions that PostgreSQL could not store.
    UNLOGGED_QUEUE_URL,
    /// URL of the dead-letter queue for predictions that PostgreSQL refuses.
    UNLOGGED_DEAD_LETTER_QUEUE_URL,
    /// ARN or name of the secret that holds the operators' names, roles and salted password hashes.
    OPERATORS_SECRET,
    /// Base URL of MLflow inside the network, including its static prefix.
    MLFLOW_URL,
    /// ARN or name of the secret `{"username","password"}` of the service's MLflow user.
    MLFLOW_SECRET,
    /// ARN of the scoring function's alias `live`.
    SCORING_FUNCTION,
    /// ARN of the alias `live` of the function that writes exports.
    EXPORT_FUNCTION,
    /// Training uses only rows before this date; the training task only.
    TRAINING_CUTOFF,
    /// Why the training was started, such as `drift`; the training task only.
    TRAINING_REASON,
    /// What the challenger is compared with: `PRODUCTION`, or `NONE` for the first training of a replay.
    TRAINING_OPPONENT,
    /// How long the training searches for a recipe: `none`, such as `2 minutes`, or such as `12 trials`; the training
    /// task only.
    TRAINING_SEARCH,
    /// Name of the workflow execution that the training belongs to; the training task only.
    TRAINING_EXECUTION,
    /// Who started the training, an operator or the program; the training task only.
    TRAINING_AUTHOR,
    /// Name of the replay that the training belongs to, or TRAINING_EXECUTION where it belongs to none; the training
    /// task only.
    TRAINING_REPLAY,
    /// The share of the labelled rows that may be out of bounds and are then left out, from 0 to 1; the
    /// training task only.
    TRAINING_FAULTY_ROWS_SHARE,
    /// A feature of the newest labelled rows that overlaps less with the rows of the champion and with the
    /// logged applications is refused, from 0 to 1; 0 refuses no share of divorces either; the training task
    /// only.
    TRAINING_LEAST_OVERLAP,
    /// `CONTRACT`, `CAREFUL` or `REFRESH`: when a challenger replaces the champion; the workflow's steps only.
    PROMOTION_POLICY,
    /// Id of the import, which names its objects; the import task only.
    IMPORT_ID,
    /// A feature whose population stability index is above this number has drifted.
    PSI_THRESHOLD,
    /// With fewer logged applications than this, drift is not judged.
    DRIFT_MIN_SAMPLES,
    /// How many months predictions are kept.
    RETENTION_MONTHS;

    private final @Nullable Setting condition;
    private final String conditionValue;

    Setting() {
        condition = null;
        conditionValue = "";
    }

    /// A setting that is needed only if another one has a certain value.
    Setting(Setting condition, String conditionValue) {
        this.condition = condition;
        this.conditionValue = conditionValue;
    }

    /// A set of settings, and some more.
    public static Set<Setting> union(Set<Setting> settings, Setting... more) {
        return Stream.concat(settings.stream(), Arrays.stream(more)).collect(Collectors.toUnmodifiableSet());
    }

    /// The settings that a program needs in an environment: those that it declares, except the ones that
    /// depend on another setting's value and are not needed for the value that it has.
    public static Set<Setting> needed(Set<Setting> declared, Map<String, String> environment) {
        var needed = EnumSet.noneOf(Setting.class);
        declared.stream().filter(setting -> setting.isNeeded(environment)).forEach(needed::add);
        return needed;
    }

    private boolean isNeeded(Map<String, String> environment) {
        return condition == null || conditionValue.equals(environment.get(condition.name()));
    }
}
