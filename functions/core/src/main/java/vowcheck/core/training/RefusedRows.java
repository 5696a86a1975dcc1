package vowcheck.core.training;

/// Labelled rows that nothing may be trained on: values or dates are out of bounds, or the newest rows are unlike
/// everything that serves. The message names features, counts and an index, and no value.
public final class RefusedRows extends RuntimeException {

    public RefusedRows(String message) {
        super(message);
    }
}
