package vowcheck.core.workflow;

import java.util.Optional;

/// Another execution of the workflow holds the lock and is still running.
public sealed class AnotherTrainingRuns extends RuntimeException permits ReplayRuns {

    private static final String EXPECTATION = " is running, expected none";

    public AnotherTrainingRuns(String message) {
        super(message);
    }

    static AnotherTrainingRuns of(Execution running) {
        return running.isReplay()
                ? new ReplayRuns("the replay %s%s".formatted(running.name(), EXPECTATION))
                : new AnotherTrainingRuns("the training %s%s".formatted(running.name(), EXPECTATION));
    }

    /// Kind and name of the execution that is running, such as `the training one`, of a message that names it.
    public static Optional<String> running(String message) {
        return message.endsWith(EXPECTATION)
                ? Optional.of(message.substring(0, message.length() - EXPECTATION.length()))
                : Optional.empty();
    }
}
