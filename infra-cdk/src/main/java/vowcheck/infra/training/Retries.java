package vowcheck.infra.training;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.stepfunctions.JitterType;
import software.amazon.awscdk.services.stepfunctions.RetryProps;

/// How often a workflow tries again, and for what. All with full jitter: what failed together is not to come back
/// together.
final class Retries {
    /// Lambda itself, not our function, said no, or the function was stopped halfway.
    private static final List<String> LAMBDA = List.of(
            "Lambda.AWSLambdaException",
            "Lambda.ClientExecutionTimeoutException",
            "Lambda.SdkClientException",
            "Lambda.ServiceException",
            "Lambda.TooManyRequestsException",
            "Lambda.Unknown",
            "Sandbox.Timedout",
            "States.Timeout");

    /// ECS had no room or too many calls. A task that ran and failed is none of these.
    private static final List<String> ECS =
            List.of("AmazonECS.Unknown", "ECS.AmazonECSException", "ECS.ServerException", "ECS.ThrottlingException");

    private Retries() {}

    /// A function that did not answer. Ours may be asked twice.
    static RetryProps lambda() {
        return retry(LAMBDA, 1, 3);
    }

    /// A task that could not be started.
    static RetryProps capacity() {
        return retry(ECS, 10, 6);
    }

    /// Any failure, whatever the function said.
    static RetryProps anyFailure() {
        return retry(List.of("States.TaskFailed"), 2, 2);
    }

    /// An object that could not be asked for; not one that is not there.
    static RetryProps reading() {
        return retry(List.of("S3.SdkClientException"), 1, 3);
    }

    /// An execution of another workflow that could not be started.
    static RetryProps starting() {
        return retry(
                List.of(
                        "StepFunctions.ExecutionLimitExceededException",
                        "StepFunctions.SdkClientException",
                        "StepFunctions.SfnException",
                        "StepFunctions.ThrottlingException"),
                2,
                4);
    }

    private static RetryProps retry(List<String> errors, int firstSeconds, int attempts) {
        return RetryProps.builder()
                .errors(errors)
                .interval(Duration.seconds(firstSeconds))
                .backoffRate(2)
                .maxAttempts(attempts)
                .maxDelay(Duration.minutes(2))
                .jitterStrategy(JitterType.FULL)
                .build();
    }
}
