package vowcheck.core.retention;

/// The store of the predictions does not answer, or refuses a change of its partitions.
public final class PartitionsUnavailable extends RuntimeException {

    public PartitionsUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
