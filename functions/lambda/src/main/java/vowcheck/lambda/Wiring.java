package vowcheck.lambda;

import static vowcheck.adapters.settings.Setting.DATABASE_BACKUPS;
import static vowcheck.adapters.settings.Setting.DRIFT_MIN_SAMPLES;
import static vowcheck.adapters.settings.Setting.MLFLOW_SECRET;
import static vowcheck.adapters.settings.Setting.MODEL_BUCKET;
import static vowcheck.adapters.settings.Setting.MODEL_REFRESH_AGE;
import static vowcheck.adapters.settings.Setting.OPERATORS_SECRET;
import static vowcheck.adapters.settings.Setting.PSI_THRESHOLD;
import static vowcheck.adapters.settings.Setting.RETENTION_MONTHS;
import static vowcheck.adapters.settings.Setting.STAGE;
import static vowcheck.adapters.settings.Setting.TOMBSTONE_KEY_SECRET;
import static vowcheck.adapters.settings.Setting.UNLOGGED_DEAD_LETTER_QUEUE_URL;
import static vowcheck.adapters.settings.Setting.UNLOGGED_QUEUE_URL;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.clients.S3KeyEnds;
import vowcheck.adapters.mlflow.MlflowLogin;
import vowcheck.adapters.operators.Operator;
import vowcheck.adapters.operators.OperatorDirectory;
import vowcheck.adapters.operators.OperatorsJson;
import vowcheck.adapters.postgres.Database;
import vowcheck.adapters.postgres.DatabaseAddress;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.postgres.GuardedPredictionLog;
import vowcheck.adapters.postgres.MigrationLogins;
import vowcheck.adapters.postgres.PostgresDrift;
import vowcheck.adapters.postgres.PostgresExport;
import vowcheck.adapters.postgres.PostgresPartitions;
import vowcheck.adapters.postgres.PostgresPersonalRows;
import vowcheck.adapters.postgres.PostgresPredictionLog;
import vowcheck.adapters.postgres.PostgresReadiness;
import vowcheck.adapters.postgres.PostgresShadowScores;
import vowcheck.adapters.postgres.SchemaVersion;
import vowcheck.adapters.postgres.TimeLimit;
import vowcheck.adapters.s3.S3Exports;
import vowcheck.adapters.s3.S3ModelStore;
import vowcheck.adapters.s3.S3UnloggedObjects;
import vowcheck.adapters.secrets.RememberedSecret;
import vowcheck.adapters.secrets.Secrets;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;
import vowcheck.adapters.sqs.SqsPredictionQueue;
import vowcheck.adapters.sqs.SqsReadiness;
import vowcheck.adapters.sqs.SqsUnloggedPredictions;
import vowcheck.adapters.workflow.EventBridgeDriftSignal;
import vowcheck.core.drift.DriftCheck;
import vowcheck.core.drift.DriftPolicy;
import vowcheck.core.erasure.CopiesLifetime;
import vowcheck.core.erasure.Erasure;
import vowcheck.core.erasure.TombstoneKey;
import vowcheck.core.export.ExportRun;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.readiness.ModelProbe;
import vowcheck.core.readiness.ReadinessPart;
import vowcheck.core.readiness.ReadinessProbe;
import vowcheck.core.retention.Retention;
import vowcheck.core.retention.RetentionPeriod;
import vowcheck.core.scoring.PredictionLog;
import vowcheck.core.scoring.Relogging;
import vowcheck.lambda.observation.DriftMetrics;
import vowcheck.lambda.observation.MetricLog;
import vowcheck.lambda.observation.OperatorMetrics;
import vowcheck.lambda.observation.RefusalMetrics;
import vowcheck.lambda.observation.RelogMetrics;
import vowcheck.lambda.observation.RetentionMetrics;

/// Assembles each handler's objects from its settings; [MlflowWiring] does so for those that call MLflow. A
/// handler's constructor must not open a connection or read a secret: that happens with the first event, after
/// SnapStart's restore. Only [Rehearsal] reads the model before it.
final class Wiring {

    /// The longest that the database may delay a client. On a quiet disk, a row of a batch takes about 0.01 ms; on a
    /// slow one, whose server has other work, fifty times as long. The limit grows up to the largest batch
    /// (`LimitsTest`). A function that tries to store it, finds it stored already and reads it ends within its own
    /// timeout: these are three statements.
    static final TimeLimit DATABASE_LIMIT =
            new TimeLimit(Duration.ofSeconds(1), Duration.ofNanos(700_000), Duration.ofSeconds(8));

    /// The same where no client waits, up to what is left of an invocation.
    private static final Duration RELOG_BASE = Duration.ofSeconds(5);

    private static final Duration RELOG_PER_ROW = Duration.ofMillis(80);

    /// The longest that counting a few years of applications may take.
    private static final Duration COUNT_LIMIT = Duration.ofSeconds(60);

    /// The longest that moving the rows of a month into their partition may take: a million rows take some seconds.
    private static final Duration PARTITION_LIMIT = Duration.ofMinutes(5);

    /// Of an export: connecting and keeping its record take moments, and reading its rows 14 minutes at most, less than
    /// the function has, so that it says itself that an export took too long.
    private static final TimeLimit EXPORT_LIMIT =
            new TimeLimit(Duration.ofSeconds(10), Duration.ofMillis(1), Duration.ofMinutes(14));

    /// The longest that a statement of an erasure may take: there are five, and API Gateway waits 29 s for all
    /// of it.
    private static final Duration ERASURE_LIMIT = Duration.ofSeconds(3);

    private static final Duration TOMBSTONE_KEY_AGE = Duration.ofDays(1);

    /// A removed person is accepted for at most this long, as long as the secret can be read, and MLflow's pages get
    /// a former password for at most as long.
    private static final Duration PERSONS_AGE = Duration.ofMinutes(1);

    /// The same for what API Gateway keeps from then on.
    private static final Duration PASSED_ON_AGE = PERSONS_AGE.minus(OperatorAuthorizerHandler.ANSWER_AGE);

    private final Settings settings;
    private final InstantSource clock = InstantSource.system();
    private final Secrets secrets = new Secrets(AwsClients.secretsManager());

    Wiring(Settings settings) {
        this.settings = settings;
    }

    ScoringService scoringService() {
        var s3 = AwsClients.s3();
        var sqs = AwsClients.sqs();
        var operators = operators(PERSONS_AGE);
        var database = database(() -> DATABASE_LIMIT);
        var ports = new ScoringService.Ports(
                models(s3),
                predictionLog(database),
                new SqsUnloggedPredictions(
                        sqs, settings.text(UNLOGGED_QUEUE_URL), s3, settings.text(MODEL_BUCKET), FeatureSchema.CURRENT),
                credentials -> operators.verified(credentials).map(Operator::role),
                new S3KeyEnds(s3, settings.text(MODEL_BUCKET)),
                new PostgresShadowScores(database),
                probes(s3, sqs),
                metricLog(),
                task -> Thread.ofPlatform().daemon().name("shadow").start(task),
                clock);
        return new ScoringService(
                ports, FeatureSchema.CURRENT, settings.duration(MODEL_REFRESH_AGE), new RequestIds(new SecureRandom()));
    }

    /// They share the clients of AWS with what serves, which are thread-safe, and nothing else.
    private Map<ReadinessPart, ReadinessProbe> probes(S3Client s3, SqsClient sqs) {
        return Map.of(
                ReadinessPart.MODEL,
                new ModelProbe(models(s3)),
                ReadinessPart.DATABASE,
                new PostgresReadiness(
                        DatabaseAddress.from(settings),
                        DatabaseAuthentication.login(settings, secrets),
                        SchemaVersion.NEEDED),
                ReadinessPart.QUEUE,
                new SqsReadiness(sqs, queues()));
    }

    DriftCheck driftCheck() {
        var drift = new PostgresDrift(database(() -> TimeLimit.fixed(COUNT_LIMIT)));
        var policy = new DriftPolicy(settings.number(PSI_THRESHOLD), settings.wholeNumber(DRIFT_MIN_SAMPLES));
        return new DriftCheck(
                models(AwsClients.s3()),
                drift,
                drift,
                new EventBridgeDriftSignal(AwsClients.eventBridge(), settings.text(STAGE)),
                policy,
                clock);
    }

    private S3ModelStore models(S3Client s3) {
        return new S3ModelStore(s3, settings.text(MODEL_BUCKET), FeatureSchema.CURRENT);
    }

    /// @param time what is left for it of an invocation
    Relogging relogging(StoringTime time) {
        var queue = new SqsPredictionQueue(
                AwsClients.sqs(), queues(), AwsClients.s3(), settings.text(MODEL_BUCKET), FeatureSchema.CURRENT);
        var log = predictionLog(database(() -> relogLimit(time.get())));
        return new Relogging(log, queue, new SecureRandom(), time);
    }

    /// The time limits leave the rest of an answer's time to the bucket.
    Erasure erasure() {
        var database = database(() -> TimeLimit.fixed(ERASURE_LIMIT));
        return new Erasure(
                new PostgresPersonalRows(database, tombstoneKey(), copiesLifetime()),
                new S3UnloggedObjects(AwsClients.s3(), settings.text(MODEL_BUCKET)),
                clock);
    }

    CopiesLifetime copiesLifetime() {
        return new CopiesLifetime(settings.duration(DATABASE_BACKUPS), retentionPeriod());
    }

    private RetentionPeriod retentionPeriod() {
        return new RetentionPeriod(settings.wholeNumber(RETENTION_MONTHS));
    }

    RefusalMetrics refusalMetrics() {
        return new RefusalMetrics(metricLog(), clock);
    }

    /// It never changes, so that it is read once.
    private Supplier<TombstoneKey> tombstoneKey() {
        return remembered(TOMBSTONE_KEY_SECRET, TombstoneKey::new, TOMBSTONE_KEY_AGE);
    }

    static TimeLimit relogLimit(Duration left) {
        return new TimeLimit(RELOG_BASE, RELOG_PER_ROW, left);
    }

    private SqsPredictionQueue.Urls queues() {
        return new SqsPredictionQueue.Urls(
                settings.text(UNLOGGED_QUEUE_URL), settings.text(UNLOGGED_DEAD_LETTER_QUEUE_URL));
    }

    RelogMetrics relogMetrics() {
        return new RelogMetrics(metricLog(), clock);
    }

    DriftMetrics driftMetrics() {
        return new DriftMetrics(metricLog());
    }

    ExportRun exportRun() {
        var s3 = AwsClients.s3();
        var rows = new PostgresExport(database(() -> EXPORT_LIMIT), FeatureSchema.CURRENT, EXPORT_LIMIT.most());
        return new ExportRun(rows, rows, new S3Exports(s3, AwsClients::s3Links, settings.text(MODEL_BUCKET)), clock);
    }

    Retention retention() {
        return new Retention(
                new PostgresPartitions(database(() -> TimeLimit.fixed(PARTITION_LIMIT))), retentionPeriod(), clock);
    }

    RetentionMetrics retentionMetrics() {
        return new RetentionMetrics(metricLog());
    }

    private MetricLog metricLog() {
        return new MetricLog(settings.text(STAGE), System.out);
    }

    OperatorVerification authorizersOperators() {
        return operators(PASSED_ON_AGE);
    }

    private OperatorVerification operators(Duration mostAge) {
        var directory =
                new OperatorDirectory(remembered(OPERATORS_SECRET, OperatorsJson::read, mostAge), new SecureRandom());
        return new OperatorVerification(directory, new OperatorMetrics(metricLog(), clock));
    }

    Supplier<MlflowLogin> mlflowLogin() {
        return remembered(MLFLOW_SECRET, MlflowLogin::fromSecret, PASSED_ON_AGE);
    }

    private <T> RememberedSecret<T> remembered(Setting setting, Function<String, T> parser, Duration mostAge) {
        var name = settings.text(setting);
        return new RememberedSecret<>(() -> secrets.text(name), parser, clock, mostAge);
    }

    MigrationLogins migrationLogins() {
        return new MigrationLogins(settings, secrets);
    }

    private PredictionLog predictionLog(Database database) {
        return new GuardedPredictionLog(
                new PostgresPredictionLog(database, FeatureSchema.CURRENT, tombstoneKey()), clock);
    }

    private Database database(Supplier<TimeLimit> limits) {
        return new Database(DatabaseAddress.from(settings), DatabaseAuthentication.login(settings, secrets), limits);
    }
}
