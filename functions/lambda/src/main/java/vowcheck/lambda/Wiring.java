package vowcheck.lambda;

import static vowcheck.adapters.settings.Setting.DATABASE_DRIFT_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_OWNER_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_SCORING_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_TRAINING_SECRET;
import static vowcheck.adapters.settings.Setting.MODEL_BUCKET;
import static vowcheck.adapters.settings.Setting.MODEL_REFRESH_AGE;
import static vowcheck.adapters.settings.Setting.OPERATORS_SECRET;
import static vowcheck.adapters.settings.Setting.UNLOGGED_QUEUE_URL;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.operators.OperatorDirectory;
import vowcheck.adapters.postgres.Database;
import vowcheck.adapters.postgres.DatabaseAddress;
import vowcheck.adapters.postgres.DatabaseLogin;
import vowcheck.adapters.postgres.Migrations;
import vowcheck.adapters.postgres.PostgresPredictionLog;
import vowcheck.adapters.s3.S3ModelStore;
import vowcheck.adapters.secrets.Secrets;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;
import vowcheck.adapters.sqs.SqsUnloggedPredictions;
import vowcheck.adapters.sqs.UnloggedMessages;
import vowcheck.core.model.ModelStore;
import vowcheck.core.scoring.CurrentModel;
import vowcheck.core.scoring.PredictionLog;
import vowcheck.core.scoring.Scoring;

/// Puts each handler's objects together from its settings. Nothing here opens a connection or reads a secret:
/// that happens at the first request, after SnapStart's restore.
final class Wiring {

    /// What a database that hangs may cost a request.
    private static final Duration DATABASE_LIMIT = Duration.ofSeconds(2);

    private final Settings settings;
    private final InstantSource clock = InstantSource.system();
    private final Secrets secrets = new Secrets(AwsClients.secretsManager());

    Wiring(Settings settings) {
        this.settings = settings;
    }

    ScoringCalls scoringCalls() {
        var s3 = AwsClients.s3();
        var bucket = settings.text(MODEL_BUCKET);
        var currentModel = new CurrentModel(new S3ModelStore(s3, bucket), settings.duration(MODEL_REFRESH_AGE), clock);
        var unlogged = new SqsUnloggedPredictions(AwsClients.sqs(), settings.text(UNLOGGED_QUEUE_URL), s3, bucket);
        return new ScoringCalls(new Scoring(currentModel, predictionLog(), unlogged, clock), currentModel);
    }

    ModelStore models() {
        return new S3ModelStore(AwsClients.s3(), settings.text(MODEL_BUCKET));
    }

    UnloggedMessages unloggedMessages() {
        return new UnloggedMessages(predictionLog(), AwsClients.s3(), settings.text(MODEL_BUCKET));
    }

    OperatorDirectory operators() {
        var secret = settings.text(OPERATORS_SECRET);
        return new OperatorDirectory(() -> secrets.text(secret), clock, new SecureRandom());
    }

    Migrations migrations() {
        return new Migrations(DatabaseAddress.from(settings), login(DATABASE_OWNER_SECRET));
    }

    List<DatabaseLogin> databaseRoles() {
        return Stream.of(DATABASE_SCORING_SECRET, DATABASE_TRAINING_SECRET, DATABASE_DRIFT_SECRET)
                .map(this::login)
                .toList();
    }

    private PredictionLog predictionLog() {
        return new PostgresPredictionLog(
                new Database(DatabaseAddress.from(settings), () -> login(DATABASE_SECRET), DATABASE_LIMIT));
    }

    private DatabaseLogin login(Setting secret) {
        return DatabaseLogin.fromSecret(secrets.text(settings.text(secret)));
    }
}
