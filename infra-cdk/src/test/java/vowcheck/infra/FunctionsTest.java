package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static vowcheck.adapters.settings.Setting.DATABASE_AUTHENTICATION;
import static vowcheck.adapters.settings.Setting.DATABASE_DRIFT_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_HOST;
import static vowcheck.adapters.settings.Setting.DATABASE_MLFLOW_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_NAME;
import static vowcheck.adapters.settings.Setting.DATABASE_OWNER_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_PORT;
import static vowcheck.adapters.settings.Setting.DATABASE_ROOT_CERTIFICATES;
import static vowcheck.adapters.settings.Setting.DATABASE_SCORING_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_SSL_MODE;
import static vowcheck.adapters.settings.Setting.DATABASE_TRAINING_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_USER;
import static vowcheck.adapters.settings.Setting.DRIFT_MIN_SAMPLES;
import static vowcheck.adapters.settings.Setting.MLFLOW_SECRET;
import static vowcheck.adapters.settings.Setting.MLFLOW_URL;
import static vowcheck.adapters.settings.Setting.MODEL_BUCKET;
import static vowcheck.adapters.settings.Setting.MODEL_REFRESH_AGE;
import static vowcheck.adapters.settings.Setting.OPERATORS_SECRET;
import static vowcheck.adapters.settings.Setting.PSI_THRESHOLD;
import static vowcheck.adapters.settings.Setting.SCORING_FUNCTION;
import static vowcheck.adapters.settings.Setting.STAGE;
import static vowcheck.adapters.settings.Setting.UNLOGGED_DEAD_LETTER_QUEUE_URL;
import static vowcheck.adapters.settings.Setting.UNLOGGED_QUEUE_URL;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.Synthesized.Resource;
import vowcheck.lambda.DriftHandler;
import vowcheck.lambda.MigrateHandler;
import vowcheck.lambda.OperationsHandler;
import vowcheck.lambda.OperatorAuthorizerHandler;
import vowcheck.lambda.PromotionHandler;
import vowcheck.lambda.RelogHandler;
import vowcheck.lambda.ScoringHandler;
import vowcheck.lambda.observation.Metric;

class FunctionsTest {
    /// What each handler is promised to be told.
    private static final Map<Class<?>, Set<Setting>> SETTINGS = Map.of(
            ScoringHandler.class,
            Set.of(
                    STAGE,
                    MODEL_BUCKET,
                    MODEL_REFRESH_AGE,
                    DATABASE_HOST,
                    DATABASE_PORT,
                    DATABASE_NAME,
                    DATABASE_SSL_MODE,
                    DATABASE_ROOT_CERTIFICATES,
                    DATABASE_AUTHENTICATION,
                    DATABASE_USER,
                    UNLOGGED_QUEUE_URL,
                    OPERATORS_SECRET),
            OperationsHandler.class,
            Set.of(STAGE, MODEL_BUCKET, MLFLOW_URL, MLFLOW_SECRET),
            OperatorAuthorizerHandler.class,
            Set.of(OPERATORS_SECRET, MLFLOW_SECRET),
            RelogHandler.class,
            Set.of(
                    DATABASE_HOST,
                    DATABASE_PORT,
                    DATABASE_NAME,
                    DATABASE_SSL_MODE,
                    DATABASE_ROOT_CERTIFICATES,
                    DATABASE_AUTHENTICATION,
                    DATABASE_USER,
                    STAGE,
                    MODEL_BUCKET,
                    UNLOGGED_QUEUE_URL,
                    UNLOGGED_DEAD_LETTER_QUEUE_URL),
            MigrateHandler.class,
            Set.of(
                    DATABASE_HOST,
                    DATABASE_PORT,
                    DATABASE_NAME,
                    DATABASE_SSL_MODE,
                    DATABASE_ROOT_CERTIFICATES,
                    DATABASE_AUTHENTICATION,
                    DATABASE_OWNER_SECRET,
                    DATABASE_SCORING_SECRET,
                    DATABASE_TRAINING_SECRET,
                    DATABASE_DRIFT_SECRET,
                    DATABASE_MLFLOW_SECRET),
            PromotionHandler.class,
            Set.of(MODEL_BUCKET, MLFLOW_URL, MLFLOW_SECRET, SCORING_FUNCTION),
            DriftHandler.class,
            Set.of(
                    DATABASE_HOST,
                    DATABASE_PORT,
                    DATABASE_NAME,
                    DATABASE_SSL_MODE,
                    DATABASE_ROOT_CERTIFICATES,
                    DATABASE_AUTHENTICATION,
                    DATABASE_USER,
                    STAGE,
                    MODEL_BUCKET,
                    PSI_THRESHOLD,
                    DRIFT_MIN_SAMPLES));

    private static final Synthesized PROD = Synthesized.of("prod");

    @Test
    void eachHandlerIsToldWhatItWasPromisedAndNothingElse() {
        assertThat(PROD.javaFunctions().stream()
                        .collect(Collectors.toMap(
                                function -> function.properties().at("Handler").text(),
                                function -> function.properties()
                                        .at("Environment", "Variables")
                                        .map()
                                        .keySet())))
                .isEqualTo(SETTINGS.entrySet().stream()
                        .collect(Collectors.toMap(
                                promise -> promise.getKey().getName(),
                                promise -> promise.getValue().stream()
                                        .map(Setting::name)
                                        .collect(Collectors.toSet()))));
    }

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void everyFunctionRunsOnArmWithJava25AndSnapStart(String stage) {
        assertThat(Synthesized.of(stage).javaFunctions())
                .hasSize(SETTINGS.size())
                .allSatisfy(function -> {
                    var properties = function.properties();
                    assertThat(properties.at("Runtime").text()).isEqualTo("java25");
                    assertThat(properties.at("Architectures").list())
                            .extracting(Node::text)
                            .containsExactly("arm64");
                    assertThat(properties.at("SnapStart", "ApplyOn").text()).isEqualTo("PublishedVersions");
                    assertThat(properties.at("TracingConfig", "Mode").text()).isEqualTo("Active");
                });
    }

    @Test
    void everyFunctionHasAnAliasLiveOfAPublishedVersion() {
        var aliases = PROD.resources("AWS::Lambda::Alias");
        assertThat(aliases).allSatisfy(alias -> {
            assertThat(alias.properties().at("Name").text()).isEqualTo("live");
            assertThat(alias.properties().at("FunctionVersion").text()).contains("CurrentVersion");
        });
        assertThat(aliases)
                .extracting(alias -> alias.properties().at("FunctionName").text())
                .containsExactlyInAnyOrderElementsOf(PROD.javaFunctions().stream()
                        .map(function -> "${" + function.logicalId() + "}")
                        .toList());
    }

    @Test
    void onlyAliasesAreInvoked() {
        var aliases = PROD.resources("AWS::Lambda::Alias").stream()
                .map(alias -> "${" + alias.logicalId() + "}")
                .toList();
        assertThat(PROD.resources("AWS::Lambda::Permission"))
                .extracting(
                        permission -> permission.properties().at("FunctionName").text())
                .isNotEmpty()
                .allMatch(aliases::contains);
        // CDK takes the function's name out of the alias's ARN, and adds the alias.
        assertThat(PROD.resources("AWS::Lambda::EventSourceMapping"))
                .extracting(mapping -> mapping.properties().at("FunctionName").text())
                .isNotEmpty()
                .allMatch(name -> name.endsWith(":live"));
    }

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void everyLogIsDeletedInTheEnd(String stage) {
        var synthesized = Synthesized.of(stage);
        assertThat(synthesized.resources("AWS::Logs::LogGroup"))
                .hasSizeGreaterThanOrEqualTo(SETTINGS.size() + 5)
                .allSatisfy(group -> assertThat(
                                group.properties().at("RetentionInDays").value())
                        .isNotNull());
        assertThat(synthesized.javaFunctions())
                .extracting(function ->
                        function.properties().at("LoggingConfig", "LogGroup").text())
                .allMatch(group -> group.contains("Logs"));
    }

    @Test
    void onlyWhatNeedsTheDatabaseOrMlflowIsInTheNetwork() {
        assertThat(PROD.javaFunctions().stream()
                        .filter(function ->
                                function.properties().at("VpcConfig").value() != null)
                        .map(function -> function.properties().at("Handler").text()))
                .containsExactlyInAnyOrder(
                        ScoringHandler.class.getName(),
                        OperationsHandler.class.getName(),
                        RelogHandler.class.getName(),
                        MigrateHandler.class.getName(),
                        PromotionHandler.class.getName(),
                        DriftHandler.class.getName());
    }

    @Test
    void functionsThatUseTheDatabaseGoLiveAfterTheMigrations() {
        var trigger = PROD.resources("Custom::Trigger").getFirst().logicalId();
        assertThat(List.of("ScoringLive", "UnloggedPredictionsRelogLive", "DriftMonitorDriftLive"))
                .allSatisfy(alias -> assertThat(PROD.resource("AWS::Lambda::Alias", alias)
                                .body()
                                .at("DependsOn")
                                .list())
                        .extracting(Node::text)
                        .contains(trigger));
    }

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void anUnloggedPredictionIsHiddenSixTimesAsLongAsItsFunctionMayTake(String stage) {
        var synthesized = Synthesized.of(stage);
        var queue = synthesized.resource("AWS::SQS::Queue", "UnloggedQueue");
        var relog = synthesized.resource("AWS::Lambda::Function", "UnloggedPredictionsRelog");
        assertThat(seconds(queue, "VisibilityTimeout"))
                .isGreaterThanOrEqualTo(seconds(relog, "Timeout").multipliedBy(6));
        assertThat(seconds(queue, "MessageRetentionPeriod")).isEqualTo(Duration.ofDays(14));
        assertThat(synthesized.resources("AWS::Lambda::EventSourceMapping"))
                .singleElement()
                .satisfies(mapping -> assertThat(
                                mapping.properties().at("FunctionResponseTypes").list())
                        .extracting(Node::text)
                        .containsExactly("ReportBatchItemFailures"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void noOutageMovesAPredictionToTheDeadLetters(String stage) {
        var queue = Synthesized.of(stage).resource("AWS::SQS::Queue", "UnloggedQueue");
        var attempts = Long.parseLong(
                queue.properties().at("RedrivePolicy", "maxReceiveCount").text());
        assertThat(seconds(queue, "VisibilityTimeout").multipliedBy(attempts))
                .isGreaterThan(seconds(queue, "MessageRetentionPeriod"));
    }

    @Test
    void everyAlarmTellsSomeone() {
        assertThat(PROD.resources("AWS::CloudWatch::Alarm"))
                .hasSize(9 + 2 * SETTINGS.size())
                .allSatisfy(alarm -> assertThat(
                                alarm.properties().at("AlarmActions").list())
                        .extracting(Node::text)
                        .allMatch(action -> action.contains("NotificationsTopic"))
                        .hasSize(1));
    }

    @Test
    void ourOwnMetricsAreWatchedForTheirStage() {
        assertThat(PROD.resources("AWS::CloudWatch::Alarm").stream()
                        .map(Resource::properties)
                        .filter(alarm ->
                                Metric.NAMESPACE.equals(alarm.at("Namespace").value()))
                        .map(alarm -> "%s %s %s"
                                .formatted(
                                        alarm.at("MetricName").text(),
                                        alarm.at("Dimensions")
                                                .list()
                                                .getFirst()
                                                .at("Name")
                                                .text(),
                                        alarm.at("Dimensions")
                                                .list()
                                                .getFirst()
                                                .at("Value")
                                                .text())))
                .containsExactlyInAnyOrder(
                        "Postponed stage prod",
                        "Unlogged stage prod",
                        "ModelRefused stage prod",
                        "ModelAge stage prod");
    }

    private static Duration seconds(Resource resource, String property) {
        return Duration.ofSeconds(
                Long.parseLong(resource.properties().at(property).text()));
    }
}
