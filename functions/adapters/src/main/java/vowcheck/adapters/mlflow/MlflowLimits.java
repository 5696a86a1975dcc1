package vowcheck.adapters.mlflow;

import java.time.Duration;

/// How long to wait for MLflow.
///
/// @param connect limit for opening a connection
/// @param call limit for the answer of each attempt
/// @param pause mean pause before the second attempt; doubled before each further one
public record MlflowLimits(Duration connect, Duration call, Duration pause) {

    /// For a step of the workflow, where seconds do not matter.
    public static final MlflowLimits WORKFLOW =
            new MlflowLimits(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMillis(375));

    /// For a call that a person waits for.
    public static final MlflowLimits INTERACTIVE =
            new MlflowLimits(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofMillis(75));

    /// How long after a request that a person waits for its calls may begin. The last attempt ends 6 s later
    /// where MLflow is silent, later only where it sends its answer in many parts; API Gateway waits for 29 s
    /// in all.
    public static final Duration PATIENCE = Duration.ofSeconds(6);
}
