package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import vowcheck.adapters.deployment.StageName;

class RaisedAlarmsTest {

    private static final List<MetricAlarm> METRIC_ALARMS = List.of(
            alarm("vowcheck-dev-service-ModelOld", StateValue.ALARM),
            alarm("vowcheck-dev-service-DeadLetters", StateValue.ALARM),
            alarm("vowcheck-dev-service-Unlogged", StateValue.OK),
            alarm("vowcheck-dev-service-ModelRefused", StateValue.INSUFFICIENT_DATA),
            alarm("vowcheck-prod-service-ModelOld", StateValue.ALARM));

    @Test
    void thoseOfTheStageAreFoundOnAllPages() {
        assertThat(RaisedAlarms.of(StageName.DEV, new FakeCloudWatch()))
                .containsExactly(
                        "vowcheck-dev-any", "vowcheck-dev-service-DeadLetters", "vowcheck-dev-service-ModelOld");
    }

    private static MetricAlarm alarm(String name, StateValue state) {
        return MetricAlarm.builder().alarmName(name).stateValue(state).build();
    }

    /// CloudWatch with the alarms above and a composite one, an alarm on each page.
    private static final class FakeCloudWatch implements CloudWatchClient {

        @Override
        public DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
            var found = METRIC_ALARMS.stream()
                    .filter(alarm -> alarm.alarmName().startsWith(request.alarmNamePrefix()))
                    .toList();
            int page = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
            if (page == found.size()) {
                return DescribeAlarmsResponse.builder()
                        .compositeAlarms(CompositeAlarm.builder()
                                .alarmName("vowcheck-dev-any")
                                .stateValue(StateValue.ALARM)
                                .build())
                        .build();
            }
            return DescribeAlarmsResponse.builder()
                    .metricAlarms(found.get(page))
                    .nextToken(String.valueOf(page + 1))
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
