package vowcheck.core.workflow;

/// A promotion was taken back while it was being made: its execution was stopped, and its function went on.
public final class PromotionTakenBack extends RuntimeException {

    public PromotionTakenBack(String message) {
        super(message);
    }
}
