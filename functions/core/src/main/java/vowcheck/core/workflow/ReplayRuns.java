package vowcheck.core.workflow;

/// A replay holds the lock and is still running. It does so for hours: a training waits for its end, where it is only
/// refused while another training runs.
public final class ReplayRuns extends AnotherTrainingRuns {

    ReplayRuns(String message) {
        super(message);
    }
}
