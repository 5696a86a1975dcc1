package vowcheck.core.scoring;

/// A store of predictions is out of reach, or lets nobody store or read: the same call may succeed later, or after an
/// operator has mended the store.
public class PredictionsUnavailable extends RuntimeException {

    public PredictionsUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
