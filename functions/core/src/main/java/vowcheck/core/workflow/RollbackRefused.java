package vowcheck.core.workflow;

/// There is no usable model to go back to; what serves is unchanged. The message is one sentence with the models that
/// could serve instead.
public final class RollbackRefused extends RuntimeException {

    public RollbackRefused(String message) {
        super(message);
    }
}
