package vowcheck.core.scoring;

/// Predictions could not be stored now; the same call may succeed later.
public final class PredictionsNotStored extends RuntimeException {

    public PredictionsNotStored(String message, Throwable cause) {
        super(message, cause);
    }
}
