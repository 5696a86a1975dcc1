package vowcheck.core.workflow;

/// Another execution of the workflow holds the lock and is still running.
public final class AnotherTrainingRuns extends RuntimeException {

    public AnotherTrainingRuns(String message) {
        super(message);
    }
}
