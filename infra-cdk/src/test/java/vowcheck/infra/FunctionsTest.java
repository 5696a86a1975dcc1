package vowcheck.infra;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.lambda.Code;
import vowcheck.adapters.postgres.DatabaseAddress;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.Synthesized.Resource;
import vowcheck.infra.programs.FunctionAssets;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.lambda.DriftHandler;
import vowcheck.lambda.ErasureHandler;
import vowcheck.lambda.ExportHandler;
import vowcheck.lambda.MigrateHandler;
import vowcheck.lambda.OperationsHandler;
import vowcheck.lambda.OperatorAuthorizerHandler;
import vowcheck.lambda.ProcessMemory;
import vowcheck.lambda.PublicHandler;
import vowcheck.lambda.RelogHandler;
import vowcheck.lambda.RetentionHandler;
import vowcheck.lambda.ScoringHandler;
import vowcheck.lambda.WorkflowStepHandler;
import vowcheck.lambda.observation.Metric;

class FunctionsTest {
    /// What each handler declares that it reads.
    private static final Map<String, Set<Setting>> SETTINGS = Map.ofEntries(
            entry(ScoringHandler.class.getName(), ScoringHandler.SETTINGS),
            entry(OperationsHandler.class.getName(), OperationsHandler.SETTINGS),
            entry(ErasureHandler.class.getName(), ErasureHandler.SETTINGS),
            entry(PublicHandler.class.getName(), PublicHandler.SETTINGS),
            entry(OperatorAuthorizerHandler.class.getName(), OperatorAuthorizerHandler.SETTINGS),
            entry(RelogHandler.class.getName(), RelogHandler.SETTINGS),
            entry(MigrateHandler.class.getName(), MigrateHandler.SETTINGS),
            entry(WorkflowStepHandler.class.getName(), WorkflowStepHandler.SETTINGS),
            entry(DriftHandler.class.getName(), DriftHandler.SETTINGS),
            entry(RetentionHandler.class.getName(), RetentionHandler.SETTINGS),
            entry(ExportHandler.class.getName(), ExportHandler.SETTINGS));

    private static final Synthesized PROD = Synthesized.of("prod");

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void eachHandlerIsGivenTheSettingsThatItDeclaresAndNoOthers(String stage) {
        var environments = Synthesized.of(stage).javaFunctions().stream()
                .map(Resource::properties)
                .collect(Collectors.toMap(function -> function.at("Handler").text(), FunctionsTest::environment));
        assertThat(environments.keySet()).isEqualTo(SETTINGS.keySet());
        assertThat(environments)
                .allSatisfy((handler, environment) -> assertThat(environment.keySet())
                        .isEqualTo(Setting.needed(requireNonNull(SETTINGS.get(handler)), environment).stream()
                                .map(Setting::name)
                                .collect(Collectors.toSet())));
    }

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void theScoringFunctionsProcessUsesMemoryAsMeasured(String stage) {
        var variables = Synthesized.of(stage)
                .resource("AWS::Lambda::Function", "Scoring")
                .properties()
                .at("Environment", "Variables");
        assertThat(ProcessMemory.VARIABLES)
                .allSatisfy(
                        (name, value) -> assertThat(variables.at(name).text()).isEqualTo(value));
    }

    @Test
    void aFunctionWithOtherSettingsThanItsHandlerDeclaresIsNotSynthesized() {
        var stage = Synthesized.of("local").stage();
        var stack = new Stack(new App(), "Control");
        var function = new HandlerFunction(
                stack,
                "Drift",
                new HandlerFunction.Common(
                        stage,
                        new FunctionAssets(
                                Code.fromAsset(Synthesized.FUNCTIONS), Code.fromAsset(Synthesized.MLFLOW_FUNCTIONS))),
                new HandlerFunction.Props(
                        "drift",
                        DriftHandler.class,
                        Set.of(Setting.STAGE, Setting.PSI_THRESHOLD),
                        "Control",
                        software.amazon.awscdk.Duration.minutes(1),
                        List.of()));
        function.set(Setting.STAGE, "local");
        function.set(Setting.MLFLOW_URL, "http://localhost");
        assertThatThrownBy(() -> Template.fromStack(stack))
                .hasMessageContaining("the settings differ from DriftHandler.SETTINGS:"
                        + " missing [PSI_THRESHOLD], not declared [MLFLOW_URL]");
    }

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void everyFunctionRunsOnArmWithJava25(String stage) {
        assertThat(Synthesized.of(stage).javaFunctions())
                .hasSize(SETTINGS.size())
                .allSatisfy(function -> {
                    var properties = function.properties();
                    assertThat(properties.at("Runtime").text()).isEqualTo("java25");
                    assertThat(properties.at("Architectures").list())
                            .extracting(Node::text)
                            .containsExactly("arm64");
                    assertThat(properties.at("TracingConfig", "Mode").text()).isEqualTo("Active");
                });
    }

    /// Of the others, none is certain to be invoked within 14 days, after which calls of a snapshot fail for
    /// minutes.
    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void onlyTheScoringFunctionStartsFromASnapshot(String stage) {
        assertThat(Synthesized.of(stage).javaFunctions().stream()
                        .map(Resource::properties)
                        .filter(function -> function.at("SnapStart").value() != null)
                        .map(function -> function.at("Handler").text() + " "
                                + function.at("SnapStart", "ApplyOn").text()))
                .containsExactly(ScoringHandler.class.getName() + " PublishedVersions");
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

    /// What has failed is not run again after people were told that it has failed.
    @Test
    void anExportRunsOnceAndSoonOrNotAtAll() {
        var export = PROD.resource("AWS::Lambda::EventInvokeConfig", "Export").properties();

        assertThat(export.at("FunctionName").text())
                .isEqualTo("${%s}"
                        .formatted(
                                PROD.resource("AWS::Lambda::Function", "Export").logicalId()));
        assertThat(export.at("Qualifier").text()).contains("ExportLive");
        assertThat(export.at("MaximumRetryAttempts").value()).isEqualTo(0);
        assertThat(export.at("MaximumEventAgeInSeconds").value()).isEqualTo(60);
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
        // CDK takes the function's name from the alias's ARN and appends the alias.
        assertThat(PROD.resources("AWS::Lambda::EventSourceMapping"))
                .extracting(mapping -> mapping.properties().at("FunctionName").text())
                .isNotEmpty()
                .allMatch(name -> name.endsWith(":live"));
    }

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void everyLogGroupHasARetention(String stage) {
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

    /// They are kept for as long as they should be, also when somebody deletes the stack.
    @Test
    void logsOutliveTheStackOfAStageThatLasts() {
        assertThat(PROD.resources("AWS::Logs::LogGroup"))
                .isNotEmpty()
                .allSatisfy(group ->
                        assertThat(group.body().at("DeletionPolicy").text()).startsWith("Retain"));
        assertThat(Synthesized.of("local").resources("AWS::Logs::LogGroup"))
                .allSatisfy(group ->
                        assertThat(group.body().at("DeletionPolicy").text()).isEqualTo("Delete"));
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
                        ErasureHandler.class.getName(),
                        RelogHandler.class.getName(),
                        MigrateHandler.class.getName(),
                        WorkflowStepHandler.class.getName(),
                        DriftHandler.class.getName(),
                        RetentionHandler.class.getName(),
                        ExportHandler.class.getName());
    }

    /// Nothing is unbounded, and no function can take what another one needs.
    @ParameterizedTest
    @CsvSource({"local, 40", "dev, 40", "prod, 200"})
    void everyFunctionHasAConcurrencyOfItsOwn(String stage, String scoring) {
        assertThat(Synthesized.of(stage).javaFunctions().stream()
                        .map(Resource::properties)
                        .collect(Collectors.toMap(
                                function -> function.at("FunctionName").text().replace("vowcheck-" + stage + "-", ""),
                                function -> function.at("ReservedConcurrentExecutions")
                                        .text())))
                .containsAllEntriesOf(Map.ofEntries(
                        entry("scoring", scoring),
                        entry("operations", "10"),
                        entry("erasure", "5"),
                        entry("public", "10"),
                        entry("operator-authorizer", "20"),
                        entry("relog", "2"),
                        entry("migrate", "2"),
                        entry("promotion", "5"),
                        entry("drift", "2"),
                        entry("retention", "2"),
                        entry("export", "5")))
                .allSatisfy((name, reserved) -> assertThat(reserved).isNotEmpty());
    }

    /// Otherwise SQS would receive messages that nothing can take, and count the attempts.
    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void theQueueInvokesNoMoreEnvironmentsThanThereAre(String stage) {
        var synthesized = Synthesized.of(stage);
        assertThat(synthesized.resources("AWS::Lambda::EventSourceMapping"))
                .extracting(mapping -> mapping.properties()
                        .at("ScalingConfig", "MaximumConcurrency")
                        .text())
                .containsExactly(synthesized
                        .resource("AWS::Lambda::Function", "UnloggedPredictionsRelog")
                        .properties()
                        .at("ReservedConcurrentExecutions")
                        .text());
    }

    @Test
    void onlyThePublicFunctionHasLessThanAWholeCpu() {
        assertThat(PROD.javaFunctions().stream()
                        .map(Resource::properties)
                        .filter(function -> !function.at("MemorySize").text().equals("1769"))
                        .map(function -> function.at("Handler").text() + " "
                                + function.at("MemorySize").text()))
                .containsExactly(PublicHandler.class.getName() + " 512");
    }

    @Test
    void whatThePublicFunctionFailsAtDoesNotCountAmongTheErrorsOfTheApi() {
        var metrics = PROD.resource("AWS::CloudWatch::Alarm", "AlarmsServerErrors")
                .properties()
                .at("Metrics")
                .list();

        assertThat(metrics.stream()
                        .map(metric -> metric.at("Expression").value())
                        .filter(Objects::nonNull))
                .containsExactly("all - FILL(failed, 0) - FILL(throttled, 0)");
        assertThat(metrics.stream()
                        .filter(metric -> metric.at("MetricStat").value() != null)
                        .map(metric -> "%s: %s of %s"
                                .formatted(
                                        metric.at("Id").text(),
                                        metric.at("MetricStat", "Metric", "MetricName")
                                                .text(),
                                        metric.at("MetricStat", "Metric", "Dimensions")
                                                .list()
                                                .getFirst()
                                                .at("Value")
                                                .text()
                                                .replaceAll("[0-9A-F]{8}}", "}"))))
                .containsExactlyInAnyOrder(
                        "all: 5XXError of vowcheck-prod-scoring",
                        "failed: Errors of ${PublicFunction}",
                        "throttled: Throttles of ${PublicFunction}");
    }

    @Test
    void onlyFunctionsThatCallMlflowCarryItsClient() {
        var byCode = PROD.javaFunctions().stream()
                .collect(Collectors.groupingBy(
                        function -> function.properties().at("Code", "S3Key").text(),
                        Collectors.mapping(
                                function -> function.properties().at("Handler").text(), Collectors.toSet())));

        assertThat(byCode.values())
                .hasSize(2)
                .contains(Set.of(OperationsHandler.class.getName(), WorkflowStepHandler.class.getName()));
    }

    @Test
    void functionsThatUseTheDatabaseGoLiveAfterTheMigrations() {
        var trigger = PROD.resources("Custom::Trigger").getFirst().logicalId();
        assertThat(List.of(
                        "ScoringLive",
                        "UnloggedPredictionsRelogLive",
                        "ErasureLive",
                        "OperationsLive",
                        "TrainingWorkflowPromotionLive",
                        "DriftMonitorDriftLive",
                        "RetentionScheduleRetentionLive",
                        "ExportLive"))
                .allSatisfy(alias -> assertThat(PROD.resource("AWS::Lambda::Alias", alias)
                                .body()
                                .at("DependsOn")
                                .list())
                        .extracting(Node::text)
                        .contains(trigger));
    }

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void theQueueHidesAMessageForLongerThanItsFunctionMayTake(String stage) {
        var synthesized = Synthesized.of(stage);
        var queue = synthesized.resource("AWS::SQS::Queue", "UnloggedQueue");
        var relog = synthesized.resource("AWS::Lambda::Function", "UnloggedPredictionsRelog");
        var timeout = seconds(relog, "Timeout");
        assertThat(seconds(queue, "VisibilityTimeout")).isGreaterThan(timeout);
        assertThat(timeout.minus(RelogHandler.REST)).isGreaterThan(ScoringHandler.LONGEST_STORING);
        assertThat(seconds(queue, "MessageRetentionPeriod")).isEqualTo(Duration.ofDays(14));
        assertThat(synthesized.resources("AWS::Lambda::EventSourceMapping"))
                .singleElement()
                .satisfies(mapping -> assertThat(
                                mapping.properties().at("FunctionResponseTypes").list())
                        .extracting(Node::text)
                        .containsExactly("ReportBatchItemFailures"));
    }

    /// Less than API Gateway waits, 29 s. A repeated batch takes three statements: one stores it, or not, two
    /// read it. Before them, a connection is opened.
    @Test
    void theLargestBatchIsStoredAndReadBeforeTheFunctionsTimeout() {
        var timeout = seconds(PROD.resource("AWS::Lambda::Function", "Scoring"), "Timeout");
        assertThat(timeout).isLessThan(Duration.ofSeconds(29));
        assertThat(DatabaseAddress.CONNECTING.plus(ScoringHandler.LONGEST_STORING.multipliedBy(3)))
                .isLessThan(timeout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void retentionEndsBeforeAnOutageCouldDeadLetterAPrediction(String stage) {
        var queue = Synthesized.of(stage).resource("AWS::SQS::Queue", "UnloggedQueue");
        var attempts = Long.parseLong(
                queue.properties().at("RedrivePolicy", "maxReceiveCount").text());
        assertThat(seconds(queue, "VisibilityTimeout").multipliedBy(attempts))
                .isGreaterThan(seconds(queue, "MessageRetentionPeriod"));
    }

    @Test
    void everyAlarmNotifies() {
        assertThat(PROD.resources("AWS::CloudWatch::Alarm"))
                .isNotEmpty()
                .allSatisfy(alarm -> assertThat(
                                alarm.properties().at("AlarmActions").list())
                        .extracting(Node::text)
                        .allMatch(action -> action.contains("NotificationsTopic"))
                        .hasSize(1));
    }

    @Test
    void alarmsReadTheFunctionsMetricsOfTheirStage() {
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
                        "ShadowFailures stage prod",
                        "OperatorsUnreadable stage prod",
                        "RowsOutsidePartitions stage prod",
                        "RetentionComplete stage prod",
                        "ModelAge stage prod",
                        "CanaryAnswered stage prod",
                        "drift_rows stage prod",
                        "Throttled stage prod",
                        "Latency endpoint single");
    }

    /// One slow login sends one request to the queue, with however many rows.
    @Test
    void oneRequestInTheQueueRaisesNoAlarm() {
        assertThat(PROD.resource("AWS::CloudWatch::Alarm", "AlarmsPredictionsUnlogged")
                        .properties()
                        .map())
                .containsEntry("MetricName", Metric.UNLOGGED.metricName())
                .containsEntry("Statistic", "SampleCount")
                .containsEntry("ComparisonOperator", "GreaterThanOrEqualToThreshold")
                .containsEntry("Threshold", 2)
                .containsEntry("Period", 300);
    }

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void theRetentionRunsDailyWithThePeriodOfItsStage(String stage) {
        var synthesized = Synthesized.of(stage);
        var rule = synthesized
                .resource("AWS::Events::Rule", "RetentionScheduleDaily")
                .properties();
        assertThat(rule.at("ScheduleExpression").text()).isEqualTo("cron(30 2 * * ? *)");
        assertThat(rule.at("State").text()).isEqualTo("ENABLED");
        assertThat(rule.at("Targets").list())
                .singleElement()
                .satisfies(target -> assertThat(target.at("Arn").text()).contains("RetentionScheduleRetentionLive"));
        assertThat(synthesized
                        .resource("AWS::Lambda::Function", "RetentionScheduleRetentionFunction")
                        .properties()
                        .at("Environment", "Variables", "RETENTION_MONTHS")
                        .text())
                .isEqualTo(String.valueOf(
                        synthesized.stage().database().retention().months()));
    }

    @Test
    void aRetentionThatDoesNotRunForTwoDaysRaisesAnAlarm() {
        assertThat(PROD.resource("AWS::CloudWatch::Alarm", "AlarmsRetentionOverdue")
                        .properties()
                        .map())
                .containsEntry("TreatMissingData", "breaching")
                .containsEntry("ComparisonOperator", "LessThanThreshold")
                .containsEntry("Statistic", "Maximum")
                .containsEntry("Period", 86_400)
                .containsEntry("EvaluationPeriods", 2);
    }

    /// What a handler reads: without the variables that the JVM and the C library read.
    private static Map<String, String> environment(Node function) {
        var variables = function.at("Environment", "Variables");
        return variables.map().keySet().stream()
                .filter(name -> !ProcessMemory.VARIABLES.containsKey(name))
                .collect(Collectors.toMap(
                        name -> name, name -> variables.at(name).text()));
    }

    private static Duration seconds(Resource resource, String property) {
        return Duration.ofSeconds(
                Long.parseLong(resource.properties().at(property).text()));
    }
}
