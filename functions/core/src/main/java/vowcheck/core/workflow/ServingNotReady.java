package vowcheck.core.workflow;

/// What serves is being initialized anew, which takes minutes; afterwards, the same call succeeds. The workflow
/// knows it by its name and repeats the step.
public final class ServingNotReady extends RuntimeException {

    public ServingNotReady(String message, Throwable cause) {
        super(message, cause);
    }
}
