package vowcheck.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.deployment.DeployedContainer;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.deployment.StageName;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.operators.Operator;
import vowcheck.adapters.operators.OperatorRole;
import vowcheck.adapters.operators.OperatorsJson;
import vowcheck.adapters.s3.S3ModelStore;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.workflow.WorkflowField;
import vowcheck.launcher.clients.StageKeys;
import vowcheck.launcher.setup.CommandFailed;
import vowcheck.launcher.setup.Progress;
import vowcheck.launcher.setup.SideBySide;
import vowcheck.launcher.setup.UpStep;
import vowcheck.training.population.PopulationLoader;
import vowcheck.training.population.SyntheticPopulation;

/// Makes a deployed stage ready to serve: admits the operator, migrates the database, loads rows and provides a model.
/// Each step first checks whether it is done already, so all of them can be repeated.
public final class Completion {

    /// The model of a new system is trained on the rows before this date.
    private static final String FIRST_CUTOFF = "2025-05-01";

    private static final Path BASELINE = Path.of("model-artifacts", "baseline");
    private static final Path REQUEST = Path.of("events", "request_1.json");
    private static final Duration MIGRATION_LIMIT = Duration.ofMinutes(15);
    private static final Duration LOAD_LIMIT = Duration.ofMinutes(5);

    private final DeployedStage stage;
    private final OperatorLogin operator;
    private final Progress progress;
    private final TrainingCommands training;
    private final Path logs;

    /// @param logs the folder with the output of each step
    public Completion(
            DeployedStage stage, OperatorLogin operator, Progress progress, TrainingCommands training, Path logs) {
        this.stage = stage;
        this.operator = operator;
        this.progress = progress;
        this.training = training;
        this.logs = logs;
    }

    /// Runs all steps.
    ///
    /// @param quick serve the baseline bundle instead of a model trained here
    public void run(boolean quick) throws IOException {
        admitOperator();
        admitClients();
        // A function's first environment takes seconds to start, and so does MLflow, which a training needs.
        SideBySide.run(
                () -> {
                    migrate();
                    progress.during(UpStep.POPULATION, this::loadPopulation);
                },
                () -> stage.api().get("/model-info"),
                () -> progress.during(UpStep.MLFLOW, this::awaitMlflow));
        if (provideModel(quick)) {
            progress.during(UpStep.PREDICTION, this::predict);
        }
    }

    /// The local stage has exactly one operator: the one named in `.env`, or else the generated one. A secret that
    /// cannot be read, such as a former version's, is written again.
    private void admitOperator() {
        var secretName = stage.deployment().output(StackOutput.OPERATORS_SECRET_NAME);
        var entries = OperatorsJson.read(stage.secrets().text(secretName));
        var operators = entries.operators();
        if (entries.unreadable().isEmpty()
                && operators.size() == 1
                && operators.getFirst().role() == OperatorRole.OPERATOR
                && operators.getFirst().name().equals(operator.user())
                && operators.getFirst().password().matches(operator.password())) {
            return;
        }
        var admitted =
                List.of(Operator.of(operator.user(), OperatorRole.OPERATOR, operator.password(), new SecureRandom()));
        try (var secretsManager = AwsClients.secretsManager()) {
            secretsManager.putSecretValue(
                    request -> request.secretId(secretName).secretString(OperatorsJson.write(admitted)));
        }
        progress.say("operator '%s' may call the operators' routes".formatted(operator.user()));
    }

    /// Every client gets a key, and API Gateway, which LocalStack has only in memory, gets the keys again.
    private void admitClients() {
        try (var services = StageKeys.Services.ofEnvironment()) {
            new StageKeys(StageName.LOCAL, services, InstantSource.system(), new SecureRandom())
                    .issueFirst()
                    .forEach(client -> progress.say("client '%s' has an API key".formatted(client)));
        }
    }

    /// On AWS, a custom resource invokes the function during the deployment; those do not run locally.
    private void migrate() {
        var http = AwsClients.http(MIGRATION_LIMIT);
        try (var lambda = LambdaClient.builder().httpClient(http).build()) {
            var answer = lambda.invoke(
                    request -> request.functionName(stage.deployment().output(StackOutput.MIGRATE_FUNCTION_NAME)));
            var payload = answer.payload().asUtf8String();
            if (answer.functionError() != null) {
                throw new CommandFailed("the database could not be migrated: "
                        + JsonDocument.parse(payload).text("errorMessage"));
            }
            progress.say("the database has schema version "
                    + JsonDocument.parse(payload).text("schema_version"));
        }
    }

    private void loadPopulation() throws IOException {
        try (var connection = new LocalDatabase(stage).connections(LOAD_LIMIT).getConnection()) {
            var loader = new PopulationLoader(connection, this::sayLoaded);
            progress.say(loader.load(SyntheticPopulation.DEFAULT_SEED).summary());
        } catch (SQLException e) {
            throw new CommandFailed("the synthetic population could not be loaded: SQL state " + e.getSQLState(), e);
        }
    }

    private void sayLoaded(long rows) {
        if (rows % 50_000 == 0) {
            progress.say("  %,d rows sent".formatted(rows));
        }
    }

    /// Whether a model can be used. Where the one in production cannot, the system stays up all the same: an operator
    /// needs it to roll back.
    private boolean provideModel(boolean quick) throws IOException {
        try (S3Client s3 = AwsClients.s3()) {
            var models = new S3ModelStore(s3, stage.bucket(), FeatureSchema.CURRENT);
            if (models.hasProduction()) {
                var model = models.load(models.production().model());
                progress.say("model version %s is in production"
                        .formatted(model.manifest().version()));
            } else if (quick) {
                publishBaseline(models);
            } else {
                progress.during(UpStep.TRAINING, this::train);
            }
            return true;
        } catch (UnusableModel e) {
            progress.say("THE MODEL IN PRODUCTION CANNOT BE USED: %s".formatted(e.getMessage()));
            progress.say("run ./vowcheck rollback VERSION --reason …, or ./vowcheck retrain");
            return false;
        }
    }

    private void train() {
        var promotion = training.train(new JsonObject().with(WorkflowField.CUTOFF, FIRST_CUTOFF));
        progress.say("model version %s, trained on synthetic data, is %s"
                .formatted(promotion.text("model_version"), promotion.text("decision")));
    }

    private void publishBaseline(S3ModelStore models) {
        try {
            var bundle = ModelBundle.read(BASELINE, FeatureSchema.CURRENT);
            var version = bundle.manifest().version();
            var model = models.publish(version, bundle.manifestBytes(), bundle.modelBytes());
            progress.say(
                    models.replace(Optional.empty(), new ModelPointer(model))
                            ? "model version %s, trained on synthetic data, is in production".formatted(version)
                            : "a model was put into production meanwhile, and stays");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitMlflow() {
        var api = stage.api();
        new MlflowStart(
                        () -> api.getMlflow("/health", operator).status() == 200,
                        () -> Pause.of(Duration.ofSeconds(1), "interrupted while waiting for MLflow"),
                        Completion::printMlflowLog)
                .await(logs.resolve("mlflow.log"));
    }

    private static void printMlflowLog(PrintStream out) {
        try (var log = new ServiceLogs(StageName.LOCAL, Instant.EPOCH, ServiceLogs.Form.RAW, Style.PLAIN, out)) {
            log.print(DeployedContainer.MLFLOW.containerName());
        }
    }

    private void predict() {
        var api = stage.api();
        try {
            var answer = api.post("/predict", Files.readString(REQUEST));
            if (answer.status() != 200) {
                throw new CommandFailed(
                        "the prediction failed with status %d: %s".formatted(answer.status(), answer.body()));
            }
            progress.say("a prediction over HTTP:");
            System.out.printf(
                    """

                                   POST %s/predict of %s
                      probability  %s
                    model version  %s
                           status  ./vowcheck status (--json shows the API key and the passwords)
                    """,
                    api.url(),
                    REQUEST,
                    JsonDocument.parse(answer.body()).number("probability"),
                    answer.header("X-Model-Version").orElse("unknown"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
