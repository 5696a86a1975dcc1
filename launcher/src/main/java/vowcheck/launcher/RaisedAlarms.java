package vowcheck.launcher;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.adapters.deployment.StageName;

/// The alarms of a stage that are raised.
final class RaisedAlarms {

    private RaisedAlarms() {}

    /// Their names, with the caller's credentials.
    static List<String> of(StageName stage) {
        try (var cloudWatch = AwsClients.patient(CloudWatchClient.builder())) {
            return of(stage, cloudWatch);
        }
    }

    /// CloudFormation names each alarm after its stack. The state is looked at here: LocalStack ignores it as a filter.
    static List<String> of(StageName stage, CloudWatchClient cloudWatch) {
        var prefix = ResourceNames.only(stage.value()) + "-";
        return cloudWatch
                .describeAlarmsPaginator(request ->
                        request.alarmNamePrefix(prefix).alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM))
                .stream()
                .flatMap(page -> Stream.concat(
                        page.metricAlarms().stream()
                                .filter(alarm -> alarm.stateValue() == StateValue.ALARM)
                                .map(MetricAlarm::alarmName),
                        page.compositeAlarms().stream()
                                .filter(alarm -> alarm.stateValue() == StateValue.ALARM)
                                .map(CompositeAlarm::alarmName)))
                .sorted()
                .toList();
    }
}
