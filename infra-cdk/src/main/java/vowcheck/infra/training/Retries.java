package vowcheck.infra.training;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.stepfunctions.JitterType;
import software.amazon.awscdk.services.stepfunctions.RetryProps;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.workflow.AnotherTrainingRuns;
import vowcheck.core.workflow.ReplayRuns;
import vowcheck.core.workflow.ServingNotReady;
import vowcheck.core.workflow.WorkflowUnavailable;

/// How often a workflow retries, and after which errors. With full jitter, so that what failed at the same time
/// does not return at the same time, except where a state waits for the training lock.
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

    private static final int FIRST_LOCK_DELAY_SECONDS = 20;
    private static final double LOCK_DELAY_RATE = 1.5;
    private static final int LONGEST_LOCK_DELAY_SECONDS = 600;

    /// How long the lock may be held by its longest holder, a replay, until this is stopped, and then by a training
    /// that
    /// was faster.
    private static final long LOCK_SECONDS =
            TrainingReplay.TIMEOUT.plus(TrainingWorkflow.TIMEOUT).toSeconds().longValue();

    private Retries() {}

    /// A function that did not answer. The workflow's function is idempotent.
    static RetryProps lambda() {
        return retry(LAMBDA, 1, 3);
    }

    /// The same for a state that waits for a person, whose time-out says that nobody has answered. The function fails
    /// where the stores do not answer that it records the token in.
    static RetryProps asking() {
        return retry(
                Stream.concat(
                                LAMBDA.stream().filter(error -> !error.equals("States.Timeout")),
                                Stream.of(WorkflowUnavailable.class.getName(), ModelStoreUnavailable.class.getName()))
                        .toList(),
                1,
                5);
    }

    /// A replay has the lock. While another training has it, a training is refused.
    static RetryProps replayed() {
        return locked(ReplayRuns.class);
    }

    /// Another training or replay has the lock, which an approved promotion needs.
    static RetryProps locked() {
        return locked(AnotherTrainingRuns.class, ReplayRuns.class);
    }

    /// How long a state at most takes that waits for the lock, with its attempts.
    static Duration lockWait() {
        int attempts = lockAttempts();
        return Duration.seconds(LOCK_SECONDS
                + LONGEST_LOCK_DELAY_SECONDS
                + (attempts + 1L) * StepTask.TIMEOUT.toSeconds().longValue());
    }

    /// Without jitter, which would leave it to chance whether the attempts last until the lock is free.
    private static RetryProps locked(Class<?>... errors) {
        return RetryProps.builder()
                .errors(Stream.of(errors).map(Class::getName).toList())
                .interval(Duration.seconds(FIRST_LOCK_DELAY_SECONDS))
                .backoffRate(LOCK_DELAY_RATE)
                .maxAttempts(lockAttempts())
                .maxDelay(Duration.seconds(LONGEST_LOCK_DELAY_SECONDS))
                .jitterStrategy(JitterType.NONE)
                .build();
    }

    /// So many that the delays between them are as long as the lock may be held.
    private static int lockAttempts() {
        int attempts = 0;
        double delay = FIRST_LOCK_DELAY_SECONDS;
        for (long waited = 0; waited < LOCK_SECONDS; waited += (long) delay) {
            delay = attempts == 0 ? delay : Math.min(delay * LOCK_DELAY_RATE, LONGEST_LOCK_DELAY_SECONDS);
            attempts++;
        }
        return attempts;
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
