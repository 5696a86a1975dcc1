package vowcheck.core.scoring;

/// A store of predictions is out of reach: nothing could be stored or read. The same call may succeed later.
public class PredictionsUnavailable extends RuntimeException {

    public PredictionsUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
