package vowcheck.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.operators.Operator;
import vowcheck.adapters.operators.OperatorRole;
import vowcheck.adapters.operators.OperatorsJson;
import vowcheck.adapters.s3.S3ModelStore;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.Sha256;
import vowcheck.training.population.PopulationLoad;
import vowcheck.training.population.PopulationLoader;
import vowcheck.training.population.SyntheticPopulation;

/// What a deployed stage needs before it serves: a migrated database with rows, a model, an operator. Every
/// step looks first whether it was done, so that it can be repeated.
final class Completion {

    /// The acceptance walk's: the model that a new system starts with.
    private static final String FIRST_CUTOFF = "2025-05-01";

    private static final Path BASELINE = Path.of("model-artifacts", "baseline");
    private static final Path REQUEST = Path.of("events", "request_1.json");
    private static final Duration MIGRATION_LIMIT = Duration.ofMinutes(15);
    private static final int MLFLOW_SECONDS = 120;
    private static final Duration LOAD_LIMIT = Duration.ofMinutes(5);

    private final Stage stage;
    private final OperatorLogin operator;
    private final Progress progress;
    private final TrainingCommands training;

    Completion(Stage stage, OperatorLogin operator, Progress progress, TrainingCommands training) {
        this.stage = stage;
        this.operator = operator;
        this.progress = progress;
        this.training = training;
    }

    /// @param quick serve the baseline bundle instead of a model trained here
    void run(boolean quick) {
        admitOperator();
        migrate();
        loadPopulation();
        provideModel(quick);
        awaitMlflow();
        predict();
    }

    /// The local stage has one operator, the one of `.env` or the generated one.
    private void admitOperator() {
        var secretName = stage.deployment().output(StackOutput.OPERATORS_SECRET_NAME);
        var operators = readable(stage.secrets().text(secretName));
        if (operators.size() == 1
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
        progress.say("operator '%s' may call the operators' paths".formatted(operator.user()));
    }

    /// A text of another form, as of another version, is written anew.
    private static List<Operator> readable(String secret) {
        try {
            return OperatorsJson.read(secret);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /// On AWS a trigger of the deployment invokes the function; custom resources do not run locally.
    private void migrate() {
        var http = UrlConnectionHttpClient.builder().socketTimeout(MIGRATION_LIMIT);
        try (var lambda = LambdaClient.builder().httpClientBuilder(http).build()) {
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

    private void loadPopulation() {
        try (var connection = stage.database(LOAD_LIMIT).getConnection()) {
            var load = new PopulationLoader(connection, this::sayLoaded).load(SyntheticPopulation.DEFAULT_SEED);
            switch (load) {
                case PopulationLoad.Loaded loaded ->
                    progress.say("%,d labelled rows are loaded: %s".formatted(loaded.rows(), loaded.origin()));
                case PopulationLoad.AlreadyFilled _ -> progress.say("the labelled rows are there already");
            }
        } catch (SQLException e) {
            throw new CommandFailed("the synthetic population could not be loaded: SQL state " + e.getSQLState(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sayLoaded(long rows) {
        if (rows % 50_000 == 0) {
            progress.say("  %,d rows sent".formatted(rows));
        }
    }

    private void provideModel(boolean quick) {
        try (S3Client s3 = AwsClients.s3()) {
            var models = new S3ModelStore(s3, stage.bucket(), FeatureSchema.CURRENT);
            if (models.hasProduction()) {
                progress.say("model version %s is in production"
                        .formatted(models.production().version()));
            } else if (quick) {
                publishBaseline(models);
            } else {
                var promotion = training.train(Map.of("cutoff", FIRST_CUTOFF));
                progress.say("model version %s, trained on synthetic data, is %s"
                        .formatted(promotion.text("model_version"), promotion.text("decision")));
            }
        }
    }

    private void publishBaseline(S3ModelStore models) {
        try {
            var bundle = ModelBundle.read(BASELINE, FeatureSchema.CURRENT);
            var version = bundle.manifest().version();
            models.publish(bundle.manifest().version(), bundle.manifestBytes(), bundle.modelBytes());
            models.promote(new ModelPointer(version, Sha256.of(bundle.manifestBytes()), null));
            progress.say("model version %s, trained on synthetic data, is in production".formatted(version));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Its database is there since the migration; it makes its tables and loads itself in some seconds.
    private void awaitMlflow() {
        var api = stage.api();
        for (int second = 0; second < MLFLOW_SECONDS; second++) {
            if (api.getMlflow("/health", operator).statusCode() == 200) {
                return;
            }
            pause();
        }
        throw new CommandFailed("MLflow does not answer after %d seconds".formatted(MLFLOW_SECONDS));
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted while MLflow was waited for", e);
        }
    }

    private void predict() {
        var api = stage.api();
        try {
            var answer = api.post("/predict", Files.readString(REQUEST));
            if (answer.statusCode() != 200) {
                throw new CommandFailed(
                        "the prediction failed with status %d: %s".formatted(answer.statusCode(), answer.body()));
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
                    answer.headers().firstValue("X-Model-Version").orElse("unknown"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
