package vowcheck.training;

import static vowcheck.adapters.settings.Setting.MLFLOW_SECRET;
import static vowcheck.adapters.settings.Setting.MLFLOW_URL;
import static vowcheck.adapters.settings.Setting.MODEL_BUCKET;
import static vowcheck.adapters.settings.Setting.TRAINING_AUTHOR;
import static vowcheck.adapters.settings.Setting.TRAINING_CUTOFF;
import static vowcheck.adapters.settings.Setting.TRAINING_EXECUTION;
import static vowcheck.adapters.settings.Setting.TRAINING_FAULTY_ROWS_SHARE;
import static vowcheck.adapters.settings.Setting.TRAINING_LEAST_OVERLAP;
import static vowcheck.adapters.settings.Setting.TRAINING_OPPONENT;
import static vowcheck.adapters.settings.Setting.TRAINING_REASON;
import static vowcheck.adapters.settings.Setting.TRAINING_REPLAY;
import static vowcheck.adapters.settings.Setting.TRAINING_SEARCH;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.mlflow.Mlflow;
import vowcheck.adapters.mlflow.MlflowLimits;
import vowcheck.adapters.mlflow.MlflowLogin;
import vowcheck.adapters.postgres.Database;
import vowcheck.adapters.postgres.DatabaseAddress;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.postgres.PostgresDrift;
import vowcheck.adapters.postgres.PostgresLabelledRows;
import vowcheck.adapters.s3.S3DataReports;
import vowcheck.adapters.s3.S3ModelStore;
import vowcheck.adapters.s3.S3Workflow;
import vowcheck.adapters.secrets.RememberedSecret;
import vowcheck.adapters.secrets.Secrets;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;
import vowcheck.core.drift.DriftDataUnavailable;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.RegistryRefused;
import vowcheck.core.model.RegistryUnavailable;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.training.InsufficientRows;
import vowcheck.core.training.LabelledRowsUnavailable;
import vowcheck.core.training.NotCalibratable;
import vowcheck.core.training.RangeCheck;
import vowcheck.core.training.RefusedRows;
import vowcheck.core.training.RowCheck;
import vowcheck.core.training.SearchFailed;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.Outcomes;
import vowcheck.core.workflow.SearchBudget;
import vowcheck.core.workflow.TrainingRequest;
import vowcheck.core.workflow.WorkflowUnavailable;
import vowcheck.training.trees.TrainingParameters;

/// The program of the container task. It exits with 0 when `outcome.json` is written; with 1 when the training
/// failed, whose cause it writes in one sentence to `failure.json` and to standard error; with 2 when a setting is
/// missing or malformed.
public final class TrainingMain {

    /// The settings that the program reads from its environment.
    public static final Set<Setting> SETTINGS = Setting.union(
            DatabaseAuthentication.SETTINGS,
            TRAINING_CUTOFF,
            TRAINING_REASON,
            TRAINING_OPPONENT,
            TRAINING_SEARCH,
            TRAINING_EXECUTION,
            TRAINING_AUTHOR,
            TRAINING_REPLAY,
            TRAINING_FAULTY_ROWS_SHARE,
            TRAINING_LEAST_OVERLAP,
            MODEL_BUCKET,
            MLFLOW_URL,
            MLFLOW_SECRET);

    private static final Logger LOG = System.getLogger(TrainingMain.class.getName());

    private static final Duration DATABASE_LIMIT = Duration.ofSeconds(60);

    /// All rows come from one statement, which sorts them first.
    private static final Duration ROWS_LIMIT = Duration.ofMinutes(10);

    private TrainingMain() {}

    /// Trains once, as the environment specifies.
    public static void main(String[] arguments) {
        System.exit(run(System.getenv()));
    }

    private static int run(Map<String, String> environment) {
        try {
            var settings = new Settings(SETTINGS, environment);
            var execution = new Execution(settings.text(TRAINING_EXECUTION));
            var request = request(settings, execution);
            var bucket = settings.text(MODEL_BUCKET);
            var s3 = AwsClients.s3();
            var outcomes = new S3Workflow(s3, bucket);
            var address = DatabaseAddress.from(settings);
            var login = DatabaseAuthentication.login(settings, new Secrets(AwsClients.secretsManager()));
            var run = new TrainingRun(
                    new PostgresLabelledRows(() -> address.connections(login.get(), ROWS_LIMIT), FeatureSchema.CURRENT),
                    new RowCheck(settings.share(TRAINING_FAULTY_ROWS_SHARE)),
                    new RangeCheck(
                            new PostgresDrift(new Database(address, login, DATABASE_LIMIT)),
                            settings.share(TRAINING_LEAST_OVERLAP),
                            InstantSource.system()),
                    new RowsReport(new S3DataReports(s3, bucket), InstantSource.system()),
                    training(),
                    new S3ModelStore(s3, bucket, FeatureSchema.CURRENT),
                    mlflow(settings),
                    outcomes,
                    outcomes,
                    BuiltCode.version(),
                    InstantSource.system());
            int code = exitCode(() -> run.run(request, execution), execution, outcomes);
            LOG.log(Level.INFO, "the training took {0}", ProcessUsage.soFar());
            return code;
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            return 2;
        }
    }

    /// What the workflow has told this run. Throws [IllegalStateException] that names the setting which is malformed.
    static TrainingRequest request(Settings settings, Execution execution) {
        return new TrainingRequest(
                settings.date(TRAINING_CUTOFF),
                settings.text(TRAINING_REASON),
                settings.choice(TRAINING_OPPONENT, TrainingRequest.Opponent.class),
                settings.value(TRAINING_SEARCH, SearchBudget::of),
                settings.text(TRAINING_AUTHOR),
                Optional.of(new Execution(settings.text(TRAINING_REPLAY))).filter(replay -> !replay.equals(execution)));
    }

    private static Training training() {
        return new Training(
                TrainingParameters.CONTRACT,
                SmokeRequest.application(),
                Runtime.getRuntime().availableProcessors(),
                InstantSource.system());
    }

    private static Mlflow mlflow(Settings settings) {
        var secret = settings.text(MLFLOW_SECRET);
        var secrets = new Secrets(AwsClients.secretsManager());
        return new Mlflow(
                URI.create(settings.text(MLFLOW_URL)),
                new RememberedSecret<>(() -> secrets.text(secret), MlflowLogin::fromSecret, InstantSource.system()),
                MlflowLimits.WORKFLOW,
                InstantSource.system());
    }

    /// Runs the training and reports the cause of a failure; the exit code.
    static int exitCode(Runnable training, Execution execution, Outcomes outcomes) {
        try {
            training.run();
            return 0;
        } catch (RuntimeException e) { // the edge of the program: every failure is reported to the workflow
            var sentence = sentence(e);
            System.err.println(sentence);
            try {
                outcomes.keepFailure(execution, sentence);
            } catch (WorkflowUnavailable unavailable) {
                System.err.println(unavailable.getMessage());
            }
            return 1;
        }
    }

    /// Messages of our own exceptions contain no applicant's data; of others, only type and place are reported.
    static String sentence(RuntimeException e) {
        return switch (e) {
            case InsufficientRows _,
                    RefusedRows _,
                    NotCalibratable _,
                    SearchFailed _,
                    ParityFailure _,
                    LabelledRowsUnavailable _,
                    DriftDataUnavailable _,
                    ModelStoreUnavailable _,
                    UnusableModel _,
                    RegistryUnavailable _,
                    RegistryRefused _,
                    WorkflowUnavailable _ -> String.valueOf(e.getMessage());
            default -> {
                var trace = e.getStackTrace();
                yield "unexpected %s at %s"
                        .formatted(e.getClass().getSimpleName(), trace.length == 0 ? "an unknown place" : trace[0]);
            }
        };
    }
}
