package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Whom the alarms wake, for what, and where it says what to do then.
class AlarmsTest {
    private static final Synthesized PROD = Synthesized.of("prod");

    private static final Pattern CODE = Pattern.compile("`([a-z0-9-]+)`");

    private static final Pattern CELL = Pattern.compile(" \\| ");

    @Test
    void operationsTellsOfEachAlarmWhatToDoAndOfNoOther() throws IOException {
        assertThat(names("prod"))
                .containsExactlyInAnyOrderElementsOf(runbook().stream()
                        .flatMap(row -> CODE.matcher(row.getFirst()).results().map(MatchResult::group))
                        .map(name -> name.replace("`", ""))
                        .distinct()
                        .toList());
    }

    @Test
    void everyRowOfTheRunbookHasAMeaningAndSomethingToDo() throws IOException {
        assertThat(runbook()).allSatisfy(row -> assertThat(row).hasSize(3).noneMatch(String::isBlank));
    }

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void noStageHasAnAlarmThatProdLacks(String stage) {
        assertThat(names("prod")).containsAll(names(stage));
    }

    @Test
    void theDatabasesLimitsAreWatched() {
        assertThat(List.of("DatabaseCpu", "DatabaseStorage", "DatabaseConnections"))
                .map(PROD::alarm)
                .allSatisfy(alarm -> assertThat(
                                alarm.at("Dimensions").list().getFirst().map())
                        .isEqualTo(Map.of("Name", "DBInstanceIdentifier", "Value", "vowcheck-prod")));
        assertThat(PROD.alarm("DatabaseStorage").map())
                .containsEntry("MetricName", "FreeStorageSpace")
                .containsEntry("ComparisonOperator", "LessThanThreshold")
                // A twentieth of 50 GiB.
                .containsEntry("Threshold", 2_684_354_560L);
        assertThat(PROD.alarm("DatabaseConnections").map())
                .containsEntry("MetricName", "DatabaseConnections")
                // 80 % of 337.
                .containsEntry("Threshold", 269);
        assertThat(PROD.alarm("DatabaseCpu").map())
                .containsEntry("MetricName", "CPUUtilization")
                .containsEntry("EvaluationPeriods", 3);
    }

    @Test
    void aDriftCheckThatDoesNotRunForTwoDaysRaisesAnAlarm() {
        assertThat(PROD.alarm("DriftOverdue").map())
                .containsEntry("MetricName", "drift_rows")
                .containsEntry("Statistic", "SampleCount")
                .containsEntry("TreatMissingData", "breaching")
                .containsEntry("ComparisonOperator", "LessThanThreshold")
                .containsEntry("Period", 86_400)
                .containsEntry("EvaluationPeriods", 2);
    }

    @Test
    void aReplayThatEndsAbnormallyRaisesAnAlarm() {
        assertThat(Stream.of("ReplayFailed", "ReplayTimedOut").map(PROD::alarm))
                .allSatisfy(alarm -> assertThat(alarm.at("Dimensions")
                                .list()
                                .getFirst()
                                .at("Value")
                                .text())
                        .contains("TrainingReplay"))
                .extracting(alarm -> alarm.at("MetricName").text())
                .containsExactly("ExecutionsFailed", "ExecutionsTimedOut");
    }

    @Test
    void anImportThatEndsAbnormallyRaisesAnAlarm() {
        assertThat(Stream.of("ImportFailed", "ImportTimedOut").map(PROD::alarm))
                .allSatisfy(alarm -> assertThat(alarm.at("Dimensions")
                                .list()
                                .getFirst()
                                .at("Value")
                                .text())
                        .contains("ImportWorkflow"))
                .extracting(alarm -> alarm.at("MetricName").text())
                .containsExactly("ExecutionsFailed", "ExecutionsTimedOut");
    }

    @Test
    void singlePredictionsThatTakeASecondRaiseAnAlarm() {
        var alarm = PROD.alarm("SlowPredictions");
        assertThat(alarm.map())
                .containsEntry("MetricName", "Latency")
                .containsEntry("ExtendedStatistic", "p99")
                .containsEntry("Threshold", 1000)
                .containsEntry("EvaluationPeriods", 3);
        assertThat(alarm.at("Dimensions").list().stream().map(Node::map))
                .containsExactlyInAnyOrder(
                        Map.of("Name", "endpoint", "Value", "single"), Map.of("Name", "stage", "Value", "prod"));
    }

    /// The filter counts what the access log says, and the alarm what the filter counts.
    @Test
    void clientsThatAreRefusedForTheirLimitsRaiseAnAlarm() {
        var filter = PROD.resource("AWS::Logs::MetricFilter", "ScoringApi").properties();
        assertThat(filter.at("FilterPattern").text())
                .isEqualTo("{ $.status = \"429\" && ($.path = \"/predict\" || $.path = \"/batch_predict\""
                        + " || $.path = \"/predictions/{request_id}\" || $.path = \"/model-info\") }");
        var metric = filter.at("MetricTransformations").list().getFirst();
        var alarm = PROD.alarm("ThrottledClients");
        assertThat(alarm.at("MetricName")).isEqualTo(metric.at("MetricName"));
        assertThat(alarm.at("Namespace")).isEqualTo(metric.at("MetricNamespace"));
        assertThat(metric.at("Dimensions").list().getFirst().map())
                .isEqualTo(Map.of("Key", "stage", "Value", "$.stage"));
        assertThat(alarm.at("Dimensions").list().getFirst().map()).isEqualTo(Map.of("Name", "stage", "Value", "prod"));
        assertThat(PROD.resource("AWS::ApiGateway::Stage", "ScoringApi")
                        .properties()
                        .at("AccessLogSetting", "Format")
                        .text())
                .contains("\"stage\":\"prod\"", "\"status\":\"$context.status\"", "\"path\":\"$context.resourcePath\"");
    }

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void noRuleLosesAnEventThatItCannotDeliver(String stage) {
        var synthesized = Synthesized.of(stage);
        var queue = synthesized.resource("AWS::SQS::Queue", "UndeliveredEvents").logicalId();
        var rules = synthesized.resources("AWS::Events::Rule");
        assertThat(rules.stream()
                        .flatMap(rule -> rule.properties().at("Targets").list().stream())
                        .map(target -> target.at("DeadLetterConfig", "Arn").text()))
                .isNotEmpty()
                .allMatch(arn -> arn.equals("${" + queue + ".Arn}"));
        var policy = synthesized.resource("AWS::SQS::QueuePolicy", "UndeliveredEvents");
        assertThat(policy.properties().at("PolicyDocument", "Statement").list().stream()
                        .filter(statement -> statement.at("Effect").text().equals("Allow"))
                        .flatMap(statement -> statement.at("Condition", "ArnEquals", "aws:SourceArn").list().stream())
                        .map(Node::text))
                .containsExactlyInAnyOrderElementsOf(rules.stream()
                        .map(rule -> "${" + rule.logicalId() + ".Arn}")
                        .toList());
        assertThat(synthesized
                        .alarm("UndeliveredEvents")
                        .at("Dimensions")
                        .list()
                        .getFirst()
                        .at("Value")
                        .text())
                .isEqualTo("${" + queue + ".QueueName}");
    }

    @Test
    void canariesThatAreNotScoredRaiseAnAlarmWhereThereAreAny() {
        assertThat(PROD.alarm("CanaryFailed").map())
                .containsEntry("MetricName", "CanaryAnswered")
                .containsEntry("Statistic", "Sum")
                .containsEntry("Period", 900)
                .containsEntry("EvaluationPeriods", 1)
                .containsEntry("ComparisonOperator", "LessThanThreshold")
                .containsEntry("TreatMissingData", "breaching");
        assertThat(names("local")).doesNotContain("canary-failed");
    }

    private static List<String> names(String stage) {
        return Synthesized.of(stage).resources("AWS::CloudWatch::Alarm").stream()
                .map(alarm -> alarm.properties().at("AlarmName").text())
                .map(name -> name.replaceFirst("vowcheck-" + stage + "-", ""))
                .toList();
    }

    /// The cells of each row of the table of alarms.
    private static List<List<String>> runbook() throws IOException {
        var document = Files.readString(Path.of("../docs/operations.md"));
        var section = document.substring(document.indexOf("## Alarms"), document.indexOf("## Monitors"));
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(CELL.split(line.substring(2, line.length() - 2)))
                        .collect(Collectors.toList()))
                .toList();
    }
}
