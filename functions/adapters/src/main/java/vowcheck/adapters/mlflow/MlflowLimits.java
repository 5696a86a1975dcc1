package vowcheck.adapters.mlflow;

import java.time.Duration;

/// How long MLflow is waited for.
///
/// @param connect limit of opening a connection
/// @param call limit of each attempt
/// @param pause the longest pause before the second attempt; each further one may be twice as long
public record MlflowLimits(Duration connect, Duration call, Duration pause) {

    /// Fits a step of the workflow, which nobody waits for by the second.
    public static final MlflowLimits WORKFLOW =
            new MlflowLimits(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMillis(500));

    /// Fits a call that a person waits for.
    public static final MlflowLimits INTERACTIVE =
            new MlflowLimits(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofMillis(100));
}
