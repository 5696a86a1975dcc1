package vowcheck.infra.training;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.stepfunctions.JitterType;
import software.amazon.awscdk.services.stepfunctions.RetryProps;
import vowcheck.core.workflow.AnotherTrainingRuns;
import vowcheck.core.workflow.ReplayRuns;
import vowcheck.core.workflow.ServingNotReady;

/// How often a workflow retries, and after which errors. All with full jitter, so that what failed at the same time
/// does not return at the same time.
final class Retries {
    /// Errors of Lambda itself, and a function that was stopped halfway; not errors that the function reports.
    private static final List<String> LAMBDA = List.of(
            "Lambda.AWSLambdaException",
            "Lambda.ClientExecutionTimeoutException",
            "Lambda.SdkClientException",
            "Lambda.ServiceException",
            "Lambda.TooManyRequestsException",
            "Lambda.Unknown",
            "Sandbox.Timedout",
            "States.Timeout");

    /// ECS lacked capacity or throttled the call. A task that ran and failed has none of these errors.
    private static final List<String> ECS =
            List.of("AmazonECS.Unknown", "ECS.AmazonECSException", "ECS.ServerException", "ECS.ThrottlingException");

    private Retries() {}

    /// A function that did not answer. The workflow's function is idempotent.
    static RetryProps lambda() {
        return retry(LAMBDA, 1, 3);
    }

    /// The same for a state that waits for a person: its time-out says that nobody has answered.
    static RetryProps asking() {
        return retry(
                LAMBDA.stream().filter(error -> !error.equals("States.Timeout")).toList(), 1, 3);
    }

    /// A replay has the lock, for up to four hours. The attempts take eight hours at most, and four on average.
    static RetryProps replayed() {
        return RetryProps.builder()
                .errors(List.of(ReplayRuns.class.getName()))
                .interval(Duration.seconds(20))
                .backoffRate(1.5)
                .maxAttempts(55)
                .maxDelay(Duration.minutes(10))
                .jitterStrategy(JitterType.FULL)
                .build();
    }

    /// Another training or replay has the lock, which an approved promotion needs. The attempts take three hours at
    /// most.
    static RetryProps locked() {
        return RetryProps.builder()
                .errors(List.of(AnotherTrainingRuns.class.getName(), ReplayRuns.class.getName()))
                .interval(Duration.seconds(20))
                .backoffRate(1.5)
                .maxAttempts(40)
                .maxDelay(Duration.minutes(5))
                .jitterStrategy(JitterType.FULL)
                .build();
    }

    /// The step called the scoring function, whose SnapStart snapshot Lambda is initializing anew: each call fails
    /// until it has, which takes minutes. With the jitter, the attempts take ten minutes on average.
    static RetryProps snapshot() {
        return RetryProps.builder()
                .errors(List.of(ServingNotReady.class.getName()))
                .interval(Duration.seconds(20))
                .backoffRate(1)
                .maxAttempts(60)
                .jitterStrategy(JitterType.FULL)
                .build();
    }

    /// A task that ECS could not start.
    static RetryProps capacity() {
        return retry(ECS, 10, 6);
    }

    /// Any failure, those that the function reports included.
    static RetryProps anyFailure() {
        return retry(List.of("States.TaskFailed"), 2, 2);
    }

    /// An object that could not be requested; not one that does not exist.
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
