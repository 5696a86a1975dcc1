package vowcheck.core.training;

/// Too few rows to train a model and to measure it, in total or of one label.
public final class InsufficientRows extends RuntimeException {

    public InsufficientRows(String message) {
        super(message);
    }
}
